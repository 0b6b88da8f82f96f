import { Button, Result } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useRouteError } from 'react-router';
import { ApiError } from '../api/api-error.js';
import { problemText } from '../api/problem.js';

/** Shown in place of a screen that failed: 404, 403, offline, or a bug of ours, with the request id. */
export function ErrorPage() {
  const error = useRouteError();
  const { t } = useTranslation('app');
  const { t: problem } = useTranslation('problem');
  if (error instanceof ApiError && error.code === 'NOT_FOUND') return <NotFoundPage />;
  const { title, detail, requestId } = problemText(error, problem);
  return (
    <main>
      <Result
        status={error instanceof ApiError && error.status === 403 ? '403' : 'warning'}
        title={<h1 className="result-title">{title}</h1>}
        subTitle={[detail, requestId && problem('requestId', { id: requestId })].filter(Boolean).join(' · ')}
        extra={
          <Button type="primary" onClick={() => window.location.reload()}>
            {t('reload')}
          </Button>
        }
      />
    </main>
  );
}

export function NotFoundPage() {
  const { t } = useTranslation('app');
  return (
    <Result
      status="404"
      title={<h1 className="result-title">{t('notFound.title')}</h1>}
      subTitle={t('notFound.text')}
      extra={<Link to="/">{t('notFound.back')}</Link>}
    />
  );
}
