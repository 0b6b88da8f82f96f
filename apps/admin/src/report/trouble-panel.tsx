import { useQuery } from '@tanstack/react-query';
import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answer, api } from '../api/client.js';
import { Count } from '../components/count.js';
import { RelativeTime } from '../components/relative-time.js';
import { useProviderName, useReasonName } from '../words/index.js';
import type { Report } from './report-query.js';

const LOOK_AGAIN_MS = 10_000;
const SHOWN = 5;

/** What goes wrong just now: who waits for another try, and who was refused, in the servers' own words. */
export function TroublePanel({ report }: { report: Report }) {
  const { t } = useTranslation('report');
  const reasonName = useReasonName();
  const providerName = useProviderName();
  const { campaignId, counts, bounceReasons } = report;
  const { data } = useQuery({
    queryKey: ['campaigns', campaignId, 'report', 'waiting'],
    queryFn: () => answer(api.GET('/api/v1/campaigns/{id}/report/waiting', { params: { path: { id: campaignId } } })),
    enabled: counts.deferred > 0,
    refetchInterval: LOOK_AGAIN_MS,
  });
  const waiting = counts.deferred > 0 ? (data?.groups ?? []) : [];
  if (waiting.length + bounceReasons.length === 0) return null;
  return (
    <div className="trouble">
      <h3>{t('trouble.title')}</h3>
      <ul className="plain-list">
        {waiting.slice(0, SHOWN).map(({ provider, kind, code, count, sample, retryAt }) => (
          <li key={`${provider} ${kind} ${code}`}>
            <Tag color="warning">{t(`trouble.${kind}`)}</Tag>
            <strong>{providerName(provider)}</strong> <Count value={count} />{' '}
            <span className="quiet">
              {t('trouble.again')} <RelativeTime at={retryAt} />
            </span>
            <code className="mono server-words block">{sample || '–'}</code>
          </li>
        ))}
        {bounceReasons.slice(0, SHOWN).map(({ reason, kind, count, sample }) => (
          <li key={`${reason} ${kind}`}>
            <Tag color={kind === 'hard' ? 'error' : 'warning'}>{t(`bounceKind.${kind}`)}</Tag>
            <strong>{reasonName(reason)}</strong> <Count value={count} />
            <code className="mono server-words block">{sample || '–'}</code>
          </li>
        ))}
      </ul>
      {data && !data.whole && waiting.length > 0 && <p className="quiet small">{t('trouble.some')}</p>}
      {bounceReasons.length > 0 && <Link to="?tab=bounces">{t('trouble.all')}</Link>}
    </div>
  );
}
