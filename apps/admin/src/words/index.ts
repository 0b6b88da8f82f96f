import type { AddressReason } from '#contracts';
import { useTranslation } from 'react-i18next';
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
