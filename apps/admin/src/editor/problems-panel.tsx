import { CheckCircleFilled, CloseCircleFilled, WarningFilled } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFindingText } from '../findings/index.js';
import type { Problem } from './content.js';

/** What the server found in the content, worst first; a finding with a line leads to it. */
export function ProblemsPanel({
  problems,
  onJump,
}: {
  problems: Problem[];
  onJump: (property: string, line: number | undefined) => void;
}) {
  const { t } = useTranslation('editor');
  const sorted = [...problems].sort((a, b) => rank(a) - rank(b));
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  return (
    <section className="problems" aria-label={t('problems.title')}>
      <div className="problems-head" aria-live="polite">
        {problems.length === 0 ? (
          <span className="tone-good">
            <CheckCircleFilled aria-hidden="true" /> {t('problems.none')}
          </span>
        ) : (
          <strong>
            {t('problems.title')}: {t('problems.errors', { count: errors })} ·{' '}
            {t('problems.warnings', { count: problems.length - errors })}
          </strong>
        )}
      </div>
      {problems.length > 0 && (
        <ul className="plain-list problems-list" tabIndex={0} aria-label={t('problems.title')}>
          {sorted.map((problem, index) => (
            <li key={`${problem.code}${problem.line ?? ''}${index}`}>
              <ProblemRow problem={problem} onJump={onJump} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function ProblemRow({
  problem,
  onJump,
}: {
  problem: Problem;
  onJump: (property: string, line: number | undefined) => void;
}) {
  const { t } = useTranslation('editor');
  const text = useFindingText();
  const property = t(`property.${problem.property}`, { defaultValue: problem.property });
  const place = problem.line ? t('problems.line', { property, line: problem.line }) : property;
  return (
    <div className="problem-row" data-severity={problem.severity}>
      {problem.severity === 'error' ? (
        <CloseCircleFilled aria-label={t('problems.error')} />
      ) : (
        <WarningFilled aria-label={t('problems.warning')} />
      )}
      <span className="problem-text">{text(problem)}</span>
      <Button type="link" size="small" onClick={() => onJump(problem.property, problem.line)}>
        {place}
      </Button>
    </div>
  );
}

function rank({ severity, line }: Problem): number {
  return (severity === 'error' ? 0 : 1_000_000) + (line ?? 0);
}
