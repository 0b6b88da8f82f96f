import { useQuery } from '@tanstack/react-query';
import { Alert, Drawer, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ApiError } from '../api/api-error.js';
import { answer, api } from '../api/client.js';
import { fieldText } from '../api/problem.js';
import type { Resource } from '../api/types.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { useNarrow } from '../components/use-narrow.js';
import './trail.css';
import { TrailSteps } from './trail-steps.js';
import { useTrailParam } from './use-trail-param.js';
import { useTrailWords } from './use-trail-words.js';

type Trail = Resource<'DecisionTrail'>;

const TONES: Record<Trail['verdict'], 'success' | 'info' | 'warning' | 'error'> = {
  unknown_address: 'warning',
  would_get: 'info',
  would_be_excluded: 'warning',
  would_not_be_candidate: 'warning',
  preparing: 'info',
  not_candidate: 'warning',
  excluded: 'warning',
  skipped: 'warning',
  waiting: 'info',
  paused: 'info',
  deferred: 'info',
  uncertain: 'warning',
  rejected: 'error',
  expired: 'error',
  bounced: 'error',
  complained: 'error',
  read: 'success',
  accepted: 'success',
};

/** The whole story of the address in the URL with one campaign. */
export function TrailDrawer({ campaignId }: { campaignId: string }) {
  const { t } = useTranslation('trail');
  const { address, close } = useTrailParam();
  const narrow = useNarrow();
  return (
    <Drawer open={address !== null} onClose={close} size={narrow ? '100%' : 560} title={t('title')} destroyOnHidden>
      {address !== null && <Story campaignId={campaignId} address={address} />}
    </Drawer>
  );
}

function Story({ campaignId, address }: { campaignId: string; address: string }) {
  const { t } = useTranslation('trail');
  const words = useTrailWords();
  const { data, error, refetch } = useQuery({
    // Under the campaign, so that it is read again when the campaign moves.
    queryKey: ['campaigns', campaignId, 'report', 'trail', address],
    queryFn: () =>
      answer(
        api.GET('/api/v1/campaigns/{id}/recipients/trail', {
          params: { path: { id: campaignId }, query: { address } },
        }),
      ),
    retry: false,
  });
  return (
    <div className="trail">
      <p className="trail-who">
        <strong className="break">{data?.contact?.email ?? address}</strong>
        {data?.contact?.name && <span className="quiet">{data.contact.name}</span>}
      </p>
      {error && !data && <Failure error={error} onRetry={() => void refetch()} />}
      {!error && !data && <Skeleton active title={false} paragraph={{ rows: 6 }} aria-label={t('loading')} />}
      {data && (
        <>
          <Alert
            type={TONES[data.verdict]}
            showIcon
            title={words.verdict(data)}
            description={data.verdict === 'unknown_address' ? t('unknownHint') : undefined}
          />
          <h3>{t('steps')}</h3>
          <TrailSteps steps={data.steps} />
          <p className="trail-links">
            {data.contact && <Link to={`/contacts/${data.contact.id}`}>{t('contact')}</Link>}
            {data.suppression && (
              <Link to={`/suppressions?q=${encodeURIComponent(data.contact?.email.toLowerCase() ?? address)}`}>
                {t('suppression')}
              </Link>
            )}
          </p>
        </>
      )}
    </div>
  );
}

/** No address at all is the asker's to mend; anything else may be tried again. */
function Failure({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation('problem');
  const wrong = error instanceof ApiError ? error.errors.find(({ property }) => property === 'address') : undefined;
  if (!wrong) return <ProblemAlert error={error} onRetry={onRetry} />;
  return <Alert type="warning" showIcon role="alert" title={fieldText(wrong, t)} />;
}
