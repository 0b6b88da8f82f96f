import { Tag } from 'antd';
import type {
  CampaignStatus,
  ContactStatus,
  ImportStatus,
  MembershipStatus,
  RecipientStatus,
  SuppressionReason,
} from '#contracts';
import { useTranslation } from 'react-i18next';

interface Kinds {
  campaign: CampaignStatus;
  contact: ContactStatus;
  membership: MembershipStatus;
  recipient: RecipientStatus;
  import: ImportStatus;
  suppression: SuppressionReason;
}
export type StatusKind = keyof Kinds;
type Tone = 'default' | 'success' | 'warning' | 'error' | 'processing';

const TONES: { [K in StatusKind]: Record<Kinds[K], Tone> } = {
  campaign: {
    draft: 'default',
    scheduled: 'processing',
    sending: 'processing',
    paused: 'warning',
    sent: 'success',
    cancelled: 'default',
    failed: 'error',
  },
  contact: { active: 'success', bounced: 'error', complained: 'error', suppressed: 'warning' },
  membership: { pending: 'warning', subscribed: 'success', unsubscribed: 'default' },
  recipient: {
    pending: 'processing',
    accepted: 'success',
    rejected: 'error',
    expired: 'error',
    uncertain: 'warning',
    skipped: 'default',
  },
  import: {
    draft: 'default',
    checking: 'processing',
    checked: 'warning',
    queued: 'default',
    running: 'processing',
    done: 'success',
    cancelled: 'default',
    failed: 'error',
    undone: 'default',
  },
  suppression: {
    hard_bounce: 'error',
    soft_bounce: 'warning',
    complaint: 'error',
    unsubscribed: 'default',
    manual: 'default',
    backed_off: 'processing',
    quarantined: 'warning',
  },
};

/** A state in words, the colour only in support: `<StatusTag kind="campaign" value="sending" />`. */
export function StatusTag<K extends StatusKind>({ kind, value }: { kind: K; value: Kinds[K] }) {
  const { t } = useTranslation('components');
  return (
    <Tag color={TONES[kind][value]} className="status-tag">
      {t(`status.${kind}.${value}`)}
    </Tag>
  );
}

/** The states of a kind as options of a filter, worded. */
export function useStatusOptions(kind: StatusKind): { value: string; label: string }[] {
  const { t } = useTranslation('components');
  return Object.keys(TONES[kind]).map((value) => ({ value, label: t(`status.${kind}.${value}`) }));
}
