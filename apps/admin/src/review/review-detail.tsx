import { Alert, Button, Radio, Select, Skeleton, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ProblemAlert } from '../components/problem-alert.js';
import { Instant } from '../components/relative-time.js';
import { useReasonName } from '../words/index.js';
import { KINDS, type Kind, type Review } from './kinds.js';
import { keyOf, type DraftState } from './use-draft.js';
import { REASONS } from './reasons.js';

interface DetailProps {
  id: string;
  draft: DraftState;
  busy: boolean;
  onChoose: (kind: Kind | null) => void;
}

/** The mail that is open: what it says, the guess and why, whom it is about, and the verdicts. */
export function ReviewDetail({ id, draft, busy, onChoose }: DetailProps) {
  const { t } = useTranslation('review');
  const { review, error, refetch } = draft;
  if (error && !review) return <ProblemAlert error={error} onRetry={refetch} />;
  if (!review) return <Skeleton active paragraph={{ rows: 10 }} className="panel" />;
  const { message, cause, words } = review;
  return (
    <article className="panel review-detail" aria-labelledby="review-subject">
      <h2 id="review-subject" lang="">
        {message.subject || t('noSubject')}
      </h2>
      <p className="quiet">
        <span lang="">{message.from || t('nullSender')}</span> · <Instant at={message.receivedAt} /> ·{' '}
        <Link to={`/inbound/${id}`}>{t('source')}</Link>
      </p>
      <Alert type="warning" showIcon title={t(`cause.${cause}`)} className="gap-below" />
      <Guess draft={draft} review={review} busy={busy} onChoose={onChoose} />
      <Choices draft={draft} review={review} />
      <Verdicts guess={review.guess.kind} busy={busy} onChoose={onChoose} />
      <h3>{t('words')}</h3>
      <pre className="review-words" lang="" tabIndex={0}>
        {words || t('noWords')}
      </pre>
    </article>
  );
}

function Guess({ review, busy, onChoose }: Omit<DetailProps, 'id'> & { review: Review }) {
  const { t } = useTranslation('review');
  const reasonName = useReasonName();
  const { kind, reason, because } = review.guess;
  return (
    <section aria-label={t('guess')} className="review-guess">
      <div className="spread">
        <p>
          {t('guess')} <Tag color="processing">{t(`kind.${kind}`)}</Tag>
          {reason && <Tag>{reasonName(reason)}</Tag>}
        </p>
        <Button type="primary" disabled={busy} onClick={() => onChoose(null)}>
          {t('accept')} <kbd aria-hidden="true">Enter</kbd>
        </Button>
      </div>
      <ul className="quiet small">
        {because.map(({ code, detail }) => (
          <li key={code + detail}>
            {t(`because.${code}`)} {detail && <code className="mono">{detail}</code>}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Whom it is about and why it bounced: set before the kind is, by mouse or Tab. */
function Choices({ draft, review }: { draft: DraftState; review: Review }) {
  const { t } = useTranslation('review');
  const reasonName = useReasonName();
  return (
    <div className="review-choices">
      <fieldset>
        <legend>{t('about')}</legend>
        <Radio.Group value={draft.recipient} onChange={(event) => draft.setRecipient(event.target.value as string)}>
          {review.candidates.map((candidate) => (
            <Radio key={keyOf(candidate)} value={keyOf(candidate)}>
              <span lang="">{candidate.email}</span>{' '}
              <span className="quiet small">
                <span lang="">{candidate.campaignName}</span> · {t(`proof.${candidate.proof}`)}
              </span>
            </Radio>
          ))}
          <Radio value="">{t('nobody')}</Radio>
        </Radio.Group>
      </fieldset>
      <label className="review-reason">
        <span>{t('reason')}</span>
        <Select
          aria-label={t('reason')}
          value={draft.reason}
          onChange={draft.setReason}
          showSearch={{ optionFilterProp: 'label' }}
          options={REASONS.map((value) => ({ value, label: reasonName(value) }))}
        />
      </label>
    </div>
  );
}

function Verdicts({ guess, busy, onChoose }: { guess: Kind; busy: boolean; onChoose: (kind: Kind) => void }) {
  const { t } = useTranslation('review');
  return (
    <div className="review-verdicts" role="group" aria-label={t('decideAs')}>
      {KINDS.map((kind, index) => (
        <Button
          key={kind}
          disabled={busy}
          onClick={() => onChoose(kind)}
          {...(kind === guess && { className: 'review-likely' })}
        >
          <kbd aria-hidden="true">{index + 1}</kbd> {t(`kind.${kind}`)}
        </Button>
      ))}
    </div>
  );
}
