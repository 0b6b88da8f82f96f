import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Resource } from '../api/types.js';
import { Instant } from '../components/relative-time.js';
import { StatusTag } from '../components/status-tag.js';
import { useProviderName, useReasonName } from '../words/index.js';

type Recipient = Resource<'Recipient'>;
const FACTS = [
  'acceptedAt',
  'openedAt',
  'clickedAt',
  'repliedAt',
  'bouncedAt',
  'unsubscribedAt',
  'complainedAt',
] as const;

/** Why this person did, or did not, get it: outcome, facts, and every attempt with the server's own words. */
export function RecipientDetail({ recipient }: { recipient: Recipient }) {
  const { t } = useTranslation('report');
  const nameOf = useProviderName();
  const reasonName = useReasonName();
  const { status, exclusion, contactId, name, provider, retryAt, attempts, bounceKind, bounceReason } = recipient;
  return (
    <div className="recipient-detail">
      <dl className="facts">
        {name && (
          <div>
            <dt>{t('detail.name')}</dt>
            <dd>{name}</dd>
          </div>
        )}
        <div>
          <dt>{t('recipients.status')}</dt>
          <dd>
            {exclusion ? (
              <>
                <Tag>{t('event.excluded')}</Tag> {t(`exclusion.${exclusion}`)}
              </>
            ) : (
              status && <StatusTag kind="recipient" value={status} />
            )}
          </dd>
        </div>
        {retryAt && (
          <div>
            <dt>{t('detail.retryAt')}</dt>
            <dd>
              <Instant at={retryAt} />
            </dd>
          </div>
        )}
        {provider && (
          <div>
            <dt>{t('providers.provider')}</dt>
            <dd>{nameOf(provider)}</dd>
          </div>
        )}
        {FACTS.filter((key) => recipient[key]).map((key) => (
          <div key={key}>
            <dt>{t(`detail.${key}`)}</dt>
            <dd>
              <Instant at={recipient[key]} />
            </dd>
          </div>
        ))}
        {bounceReason && (
          <div>
            <dt>{t('bounces.reason')}</dt>
            <dd>
              {reasonName(bounceReason)} {bounceKind && <Tag>{t(`bounceKind.${bounceKind}`)}</Tag>}
            </dd>
          </div>
        )}
      </dl>
      {contactId && (
        <p>
          <Link to={`/contacts/${contactId}`}>{t('detail.contact')}</Link>
        </p>
      )}
      {!exclusion && (
        <>
          <h3>{t('detail.attempts')}</h3>
          {attempts.length === 0 && <p className="quiet">{t('detail.noAttempts')}</p>}
          <ol className="plain-list divided">
            {attempts.map((attempt, index) => (
              <li key={index}>
                <div className="spread">
                  <strong>
                    {t(`attempt.${attempt.kind}`, { defaultValue: attempt.kind })}{' '}
                    <code className="mono">{[attempt.code, attempt.enhanced].filter(Boolean).join(' ')}</code>
                  </strong>
                  <span className="quiet">
                    <Instant at={attempt.at} />
                  </span>
                </div>
                {attempt.text && <code className="mono server-words block">{attempt.text}</code>}
              </li>
            ))}
          </ol>
        </>
      )}
    </div>
  );
}
