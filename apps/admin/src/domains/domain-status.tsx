import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Resource } from '../api/types.js';

export type Domain = Resource<'SendingDomain'>;
export type DomainRecord = Domain['records'][number];

const TONES = { verified: 'success', partly: 'warning', unverified: 'error', unchecked: 'default' } as const;
const RECORD_TONES = {
  ok: 'success',
  unsure: 'warning',
  missing: 'error',
  wrong: 'error',
  unanswered: 'default',
  unchecked: 'default',
} as const;

export function DomainStatus({ status }: { status: Domain['status'] }) {
  const { t } = useTranslation('domains');
  return <Tag color={TONES[status]}>{t(`status.${status}`)}</Tag>;
}

/** A record still to be published is a task, not a fault. */
export function RecordState({ record }: { record: DomainRecord }) {
  const { t } = useTranslation('domains');
  const waits = record.kind === 'dkim-next' && record.state === 'missing';
  return (
    <Tag color={waits ? 'processing' : RECORD_TONES[record.state]}>
      {t(waits ? 'state.waits' : `state.${record.state}`)}
    </Tag>
  );
}
