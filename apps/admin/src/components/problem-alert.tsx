import { Alert, Button, Space } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { problemText } from '../api/problem.js';
import { useNarrow } from './use-narrow.js';

interface ProblemAlertProps {
  error: unknown;
  onRetry?: () => void;
  /** Another way out, beside trying again. */
  more?: ReactNode;
}

/** A failed load in place of its content: what happened, the request id, and a way to try again. */
export function ProblemAlert({ error, onRetry, more }: ProblemAlertProps) {
  const { t } = useTranslation('components');
  const narrow = useNarrow();
  const { t: problem } = useTranslation('problem');
  const { title, detail, requestId } = problemText(error, problem);
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={title}
      description={[detail, requestId && problem('requestId', { id: requestId })].filter(Boolean).join(' · ')}
      action={
        onRetry && (
          <Space orientation={narrow ? 'vertical' : 'horizontal'}>
            {more}
            <Button onClick={onRetry}>{t('retry')}</Button>
          </Space>
        )
      }
    />
  );
}
