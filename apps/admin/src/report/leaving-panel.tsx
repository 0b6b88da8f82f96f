import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Count } from '../components/count.js';
import { RelativeTime } from '../components/relative-time.js';
import { leavingQuery } from './report-query.js';

/** Why people left, as they said on the unsubscribe page; nothing where nobody said anything. */
export function LeavingPanel({ campaignId }: { campaignId: string }) {
  const { t } = useTranslation('report');
  const { data } = useQuery(leavingQuery(campaignId));
  if (!data || data.reasons.length === 0) return null;
  const said = data.reasons.reduce((sum, { count }) => sum + count, 0);
  return (
    <section className="panel">
      <h2>{t('leaving.title')}</h2>
      <p className="quiet">{t('leaving.help', { count: data.left, said })}</p>
      <dl className="facts">
        {data.reasons.map(({ reason, count }) => (
          <div key={reason}>
            <dt>{t(`leaving.reason.${reason}`)}</dt>
            <dd>
              <Count value={count} />
            </dd>
          </div>
        ))}
      </dl>
      {data.comments.map(({ at, comment }) => (
        <blockquote key={`${at}${comment}`} className="leaving-comment">
          {comment}{' '}
          <span className="quiet">
            · <RelativeTime at={at} />
          </span>
        </blockquote>
      ))}
    </section>
  );
}
