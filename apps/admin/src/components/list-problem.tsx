import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from './problem-alert.js';
import type { useListParams } from './use-list-params.js';

interface ListProblemProps {
  error: unknown;
  params: ReturnType<typeof useListParams>;
  onRetry: () => void;
}

/**
 * A list that could not be read. What its address asks for may be gone, or never have been: trying again is no way out
 * of that, the list as a whole is.
 */
export function ListProblem({ error, params, onRetry }: ListProblemProps) {
  const { t } = useTranslation('components');
  const narrowed = params.filtered || params.query.cursor !== undefined;
  const all = <Button onClick={params.clear}>{t(params.filtered ? 'table.clear' : 'table.first')}</Button>;
  return <ProblemAlert error={error} onRetry={onRetry} more={narrowed && all} />;
}
