import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Resource } from '../api/types.js';

export type Thread = Resource<'ReplyThread'>;
export type Summary = Resource<'ReplyThreadSummary'>;

export const KINDS = ['reply', 'auto-reply', 'unsubscribe'] as const;
export const STATES = ['new', 'open', 'done'] as const;

const KIND_TONES = { reply: 'success', 'auto-reply': 'default', unsubscribe: 'warning' } as const;
const STATE_TONES = { new: 'error', open: 'processing', done: 'default' } as const;

export function ReplyKindTag({ kind }: { kind: Summary['kind'] }) {
  const { t } = useTranslation('replies');
  return <Tag color={KIND_TONES[kind]}>{t(`kind.${kind}`)}</Tag>;
}

export function StateTag({ state }: { state: Summary['state'] }) {
  const { t } = useTranslation('replies');
  return <Tag color={STATE_TONES[state]}>{t(`state.${state}`)}</Tag>;
}
