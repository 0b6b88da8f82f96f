import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { problemText } from '../api/problem.js';

/** A failed load in place of its content: what happened, the request id, and a way to try again. */
export function ProblemAlert({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation('components');
  const { t: problem } = useTranslation('problem');
  const { title, detail, requestId } = problemText(error, problem);
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={title}
      description={[detail, requestId && problem('requestId', { id: requestId })].filter(Boolean).join(' · ')}
      action={onRetry && <Button onClick={onRetry}>{t('retry')}</Button>}
    />
  );
}
