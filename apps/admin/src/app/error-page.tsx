import { WarningFilled } from '@ant-design/icons';
import { Button } from 'antd';
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
      <div className="empty-state">
        <WarningFilled className="result-icon" aria-hidden="true" />
        <h1 className="result-title">{title}</h1>
        <p>{[detail, requestId && problem('requestId', { id: requestId })].filter(Boolean).join(' · ')}</p>
        <Button type="primary" onClick={() => window.location.reload()}>
          {t('reload')}
        </Button>
      </div>
    </main>
  );
}

export function NotFoundPage() {
  const { t } = useTranslation('app');
  return (
    <div className="empty-state">
      <WarningFilled className="result-icon" aria-hidden="true" />
      <h1 className="result-title">{t('notFound.title')}</h1>
      <p>{t('notFound.text')}</p>
      <Link to="/">{t('notFound.back')}</Link>
    </div>
  );
}
