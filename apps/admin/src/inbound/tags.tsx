import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { InboundMessage } from './effect.js';

export const KINDS = [
  'bounce',
  'delay',
  'auto-reply',
  'complaint',
  'challenge',
  'unsubscribe',
  'reply',
  'mdn',
  'other',
] as const;
export const TRUSTS = ['T3', 'T2', 'T1', 'T0'] as const;

const TONES: Record<(typeof KINDS)[number], string> = {
  bounce: 'error',
  delay: 'default',
  'auto-reply': 'default',
  complaint: 'error',
  challenge: 'default',
  unsubscribe: 'warning',
  reply: 'success',
  mdn: 'default',
  other: 'default',
};

/** What sort of mail it is. */
export function KindTag({ kind }: { kind: InboundMessage['kind'] }) {
  const { t } = useTranslation('inbound');
  if (!kind) return <Tag>{t('kindUnknown')}</Tag>;
  return <Tag color={TONES[kind]}>{t(`kind.${kind}`)}</Tag>;
}
