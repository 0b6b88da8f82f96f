import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answer, api } from '../api/client.js';
import type { Resource } from '../api/types.js';
import { Instant, RelativeTime } from '../components/relative-time.js';
import { StatusTag } from '../components/status-tag.js';
import { useReasonName } from '../words/index.js';

type Hygiene = Resource<'ContactHygiene'>;

/** Bounces of a contact's address: what they count to, and why it is left alone or barred. Nothing where there are none. */
export function ContactHygiene({ contactId }: { contactId: string }) {
  const { t } = useTranslation('contacts');
  const { data } = useQuery({
    queryKey: ['contacts', contactId, 'hygiene'],
    queryFn: () => answer(api.GET('/api/v1/contacts/{id}/hygiene', { params: { path: { id: contactId } } })),
  });
  if (!data || (!data.suppression && data.bounces.length === 0)) return null;
  return (
    <section className="panel">
      <h2>{t('hygiene.title')}</h2>
      {data.suppression && <Barred suppression={data.suppression} />}
      <ul className="plain-list">
        {data.counters.map((counter) => (
          <li key={counter.rule}>
            {t(counter.limit === null ? `hygiene.counted` : 'hygiene.countedOf', {
              rule: t(`hygiene.rule.${counter.rule}`),
              count: counter.counting,
              limit: counter.limit,
            })}
          </li>
        ))}
      </ul>
      {data.counters.length > 0 && <p className="quiet">{t('hygiene.help')}</p>}
      <Bounces bounces={data.bounces} />
    </section>
  );
}

function Barred({ suppression }: { suppression: NonNullable<Hygiene['suppression']> }) {
  const { t } = useTranslation('contacts');
  const { address, reason, detail, note, createdAt, expiresAt, inboundMessageId } = suppression;
  const words = [detail, note].filter(Boolean).join(' · ');
  return (
    <Alert
      type="warning"
      style={{ marginBottom: 12 }}
      title={
        <>
          <StatusTag kind="suppression" value={reason} />{' '}
          {address.startsWith('@') && t('hygiene.domain', { domain: address })}{' '}
          {expiresAt ? (
            <>
              {t('hygiene.until')} <Instant at={expiresAt} />
            </>
          ) : (
            <RelativeTime at={createdAt} />
          )}
        </>
      }
      description={
        <span className="break">
          {words}{' '}
          <span className="links">
            {inboundMessageId && <Link to={`/inbound/${inboundMessageId}`}>{t('hygiene.mail')}</Link>}
            <Link to={`/suppressions?q=${encodeURIComponent(address)}`}>{t('hygiene.entry')}</Link>
          </span>
        </span>
      }
    />
  );
}

function Bounces({ bounces }: Pick<Hygiene, 'bounces'>) {
  const { t } = useTranslation('contacts');
  const reasonName = useReasonName();
  return (
    <ul className="plain-list divided">
      {bounces.map((bounce, index) => (
        <li key={index} className="stack">
          <span className="spread">
            <strong>{reasonName(bounce.reason)}</strong>
            <RelativeTime at={bounce.at} />
          </span>
          <span className="quiet break">{bounce.words}</span>
          <span className="links">
            {bounce.campaignId && <Link to={`/campaigns/${bounce.campaignId}`}>{bounce.campaignName}</Link>}
            {bounce.inboundMessageId && <Link to={`/inbound/${bounce.inboundMessageId}`}>{t('hygiene.mail')}</Link>}
          </span>
        </li>
      ))}
    </ul>
  );
}
