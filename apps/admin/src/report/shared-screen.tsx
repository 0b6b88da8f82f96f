import { useQuery } from '@tanstack/react-query';
import { Result, Skeleton } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { isNotFound } from '../api/api-error.js';
import { answer, api } from '../api/client.js';
import { Brand } from '../app/brand.js';
import { LanguageSwitch } from '../app/top-bar.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { Instant } from '../components/relative-time.js';
import './report.css';
import { SharedBody } from './shared-body.js';

/** A report for whoever has its link: nobody signs in, nothing leads elsewhere, nobody is named. */
export default function SharedScreen() {
  const { t } = useTranslation('report');
  const token = useParams().token!;
  const { data, error, refetch } = useQuery({
    queryKey: ['shared', token],
    queryFn: () => answer(api.GET('/api/v1/shared-reports/{token}', { params: { path: { token } } })),
    retry: false,
  });
  useEffect(() => {
    document.title = data ? `${data.name} · ${t('share.documentTitle')}` : t('share.documentTitle');
    const robots = document.createElement('meta');
    robots.name = 'robots';
    robots.content = 'noindex, nofollow';
    document.head.append(robots);
    return () => robots.remove();
  }, [data, t]);
  const gone = isNotFound(error) || (error as { status?: number } | null)?.status === 422;
  return (
    <div className="shared">
      <header className="shared-head">
        <Brand />
        <LanguageSwitch signedIn={false} />
      </header>
      <main>
        {gone && <Result status="404" title={t('share.gone')} subTitle={t('share.goneText')} />}
        {error && !gone && <ProblemAlert error={error} onRetry={() => void refetch()} />}
        {!data && !error && <Skeleton active paragraph={{ rows: 12 }} className="panel" />}
        {data && (
          <>
            <p className="quiet">{data.workspace}</p>
            <h1>{data.name}</h1>
            <p className="quiet">
              {data.subject}
              {data.report.startedAt && (
                <>
                  {' · '}
                  {t('started')} <Instant at={data.report.startedAt} />
                </>
              )}
            </p>
            <SharedBody report={data.report} />
            <p className="quiet small">
              {t('share.readOnly')} <Instant at={data.expiresAt} />
            </p>
          </>
        )}
      </main>
    </div>
  );
}
