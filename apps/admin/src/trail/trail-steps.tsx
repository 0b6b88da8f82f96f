import {
  AlertOutlined,
  CheckOutlined,
  ClockCircleOutlined,
  EyeOutlined,
  FlagOutlined,
  LinkOutlined,
  MessageOutlined,
  QuestionOutlined,
  SendOutlined,
  StopOutlined,
  TeamOutlined,
  UserDeleteOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Instant } from '../components/relative-time.js';
import { useTrailWords, type TrailStep } from './use-trail-words.js';

type Look = [icon: ReactNode, tone: 'good' | 'bad' | 'plain'];
const PLAIN: Look = [<FlagOutlined />, 'plain'];
const LOOKS: Partial<Record<TrailStep['code'], Look>> = {
  address_unknown: [<QuestionOutlined />, 'bad'],
  contact_erased: [<UserDeleteOutlined />, 'plain'],
  contact_created_later: [<StopOutlined />, 'bad'],
  list_subscribed: [<TeamOutlined />, 'good'],
  list_pending: [<TeamOutlined />, 'bad'],
  list_unsubscribed: [<UserDeleteOutlined />, 'bad'],
  list_joined_later: [<TeamOutlined />, 'bad'],
  on_no_list: [<StopOutlined />, 'bad'],
  not_named: [<StopOutlined />, 'bad'],
  on_excluded_list: [<StopOutlined />, 'bad'],
  would_be_excluded: [<StopOutlined />, 'bad'],
  would_be_prepared: [<CheckOutlined />, 'good'],
  preparing: [<ClockCircleOutlined />, 'plain'],
  excluded: [<StopOutlined />, 'bad'],
  prepared: [<CheckOutlined />, 'good'],
  attempt_accepted: [<SendOutlined />, 'good'],
  attempt_deferred: [<ClockCircleOutlined />, 'plain'],
  attempt_rejected: [<AlertOutlined />, 'bad'],
  attempt_unreachable: [<AlertOutlined />, 'plain'],
  attempt_uncertain: [<QuestionOutlined />, 'bad'],
  sender_stopped: [<QuestionOutlined />, 'bad'],
  waiting: [<ClockCircleOutlined />, 'plain'],
  waiting_paused: [<ClockCircleOutlined />, 'plain'],
  retry: [<ClockCircleOutlined />, 'plain'],
  settled_accepted: [<CheckOutlined />, 'good'],
  skipped: [<StopOutlined />, 'bad'],
  expired: [<AlertOutlined />, 'bad'],
  hard_bounced: [<AlertOutlined />, 'bad'],
  soft_bounced: [<AlertOutlined />, 'bad'],
  complained: [<StopOutlined />, 'bad'],
  opened: [<EyeOutlined />, 'good'],
  machine_opened: [<EyeOutlined />, 'plain'],
  clicked: [<LinkOutlined />, 'good'],
  machine_clicked: [<LinkOutlined />, 'plain'],
  replied: [<MessageOutlined />, 'good'],
  auto_replied: [<MessageOutlined />, 'plain'],
  left_company: [<UserDeleteOutlined />, 'bad'],
  delivery_confirmed: [<CheckOutlined />, 'good'],
  delivery_relayed: [<CheckOutlined />, 'plain'],
  delivery_delayed: [<ClockCircleOutlined />, 'plain'],
  read_confirmed: [<EyeOutlined />, 'good'],
  read_declined: [<EyeOutlined />, 'plain'],
  unsubscribed: [<UserDeleteOutlined />, 'bad'],
  left_list_later: [<UserDeleteOutlined />, 'plain'],
  suppressed_now: [<StopOutlined />, 'bad'],
};

/** What decided, step by step, with the servers' own words and the mail that proves it. */
export function TrailSteps({ steps }: { steps: TrailStep[] }) {
  const { t } = useTranslation('trail');
  const words = useTrailWords();
  return (
    <ol className="timeline">
      {steps.map((step, index) => {
        const [icon, tone] = LOOKS[step.code] ?? PLAIN;
        return (
          <li key={index} data-tone={tone}>
            <span className="timeline-icon" aria-hidden="true">
              {icon}
            </span>
            <div className="timeline-body">
              <strong className="break">{words.step(step)}</strong>
              {step.at && (
                <span className="quiet small">
                  <Instant at={step.at} />
                </span>
              )}
              <Attempt step={step} />
              {step.params.text && <code className="mono server-words">{step.params.text}</code>}
              {step.inboundMessageId && <Link to={`/inbound/${step.inboundMessageId}`}>{t('evidence')}</Link>}
            </div>
          </li>
        );
      })}
    </ol>
  );
}

function Attempt({ step: { code: happened, attempt } }: { step: TrailStep }) {
  const { t } = useTranslation('trail');
  if (!attempt) return null;
  const { smtpAccountId, smtpAccountName, code, enhanced, text } = attempt;
  const said = [code, enhanced, text].filter(Boolean).join(' ');
  return (
    <>
      {smtpAccountId && (
        <span className="quiet small">
          {smtpAccountName ? t('account', { name: smtpAccountName }) : t('removedAccount')}
        </span>
      )}
      {/* What a stopped sender left is a text of ours, and the sentence above says it. */}
      {said && happened !== 'sender_stopped' && <code className="mono server-words">{said}</code>}
    </>
  );
}
