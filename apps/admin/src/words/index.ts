import type { AddressReason } from '#contracts';
import { useTranslation } from 'react-i18next';
import { useLabelOf } from '../components/variables.js';
import { useFindingText, type Finding } from '../findings/index.js';
import { registerMessages } from '../i18n/i18n.js';
import { messages } from './messages.js';

// Whoever words something here has imported this file, so the texts are there before they are drawn.
registerMessages('words', messages);

/** Why a mail did not arrive, in the user's language; a reason unknown here as the server names it. */
export function useReasonName(): (reason: string) => string {
  const { t, i18n } = useTranslation('words');
  return (reason) => (i18n.exists(`words:reason.${reason}`) ? t(`reason.${reason}`) : reason);
}

/** A mailbox provider's name as its users know it. */
export function useProviderName(): (provider: string | null) => string {
  const { t, i18n } = useTranslation('words');
  return (provider) => {
    if (provider === null) return '–';
    return i18n.exists(`words:provider.${provider}`) ? t(`provider.${provider}`) : provider;
  };
}

/** Why an address should not be mailed as it stands, in the user's language. */
export function useAddressReason(): (reason: AddressReason) => string {
  const { t } = useTranslation('words');
  return (reason) => t(`addressReason.${reason}`);
}

/** Words what keeps a draft from being sent: one of ours, one of the template engine's, or the server's sentence. */
export function useCheckText(): (item: Finding) => string {
  const { t, i18n } = useTranslation('words');
  const finding = useFindingText();
  const labelOf = useLabelOf();
  return (item) => {
    const key = `check.${item.code}`;
    const { variant, variable } = item.params ?? {};
    const named = variable ? { variable: labelOf(String(variable)) } : {};
    const text = i18n.exists(`words:${key}`) ? t(key, { ...item.params, ...named }) : finding(item);
    return variant && !item.code.startsWith('AB_') ? t('check.OF_VARIANT', { variant, text }) : text;
  };
}

/** Words why the system stopped a campaign: by a code of ours with the remedy, or as a draft that lacks something. */
export function useStopText(): (reason: Finding) => string {
  const { t, i18n } = useTranslation('words');
  const nameOf = useProviderName();
  const check = useCheckText();
  return (reason) => {
    const { code, params } = reason;
    const key = `stop.${code}`;
    if (!i18n.exists(`words:${key}`)) return check(reason);
    const where = params?.provider ? nameOf(String(params.provider)) : params?.fromDomain;
    return t(key, { ...params, where });
  };
}
