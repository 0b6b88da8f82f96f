import { CheckCircleFilled, CloseCircleFilled, WarningFilled } from '@ant-design/icons';
import { Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../editor/index.js';
import { useFindingText } from '../findings/index.js';
import { useBlockName } from './block-view.js';
import { elementOf, useCanvas } from './canvas-context.js';
import { find } from './edits.js';

/** The same finding about one block stands once. */
function onceEach(problems: Problem[]): Problem[] {
  return [
    ...new Map(problems.map((problem) => [`${problem.code} ${problem.blockId} ${problem.message}`, problem])).values(),
  ];
}

/** What the server found when it compiled the mail, worst first; each leads to its block. */
export function ChecksPanel({ problems }: { problems: Problem[] | undefined }) {
  const { t } = useTranslation('blocks');
  const { doc, select } = useCanvas();
  const text = useFindingText();
  const nameOf = useBlockName();
  if (!problems) return <Skeleton active title={false} className="panel-body" />;
  if (problems.length === 0) {
    return (
      <p className="panel-body tone-good">
        <CheckCircleFilled aria-hidden="true" /> {t('checks.none')}
      </p>
    );
  }
  const sorted = onceEach(problems).sort((a, b) => Number(b.severity === 'error') - Number(a.severity === 'error'));
  return (
    <ul className="plain-list checks" aria-live="polite">
      {sorted.map((problem, index) => {
        const at = find(doc, problem.blockId ?? null);
        const place = at?.block ? nameOf(at.block) : at ? t('sectionNumber', { number: at.sectionIndex + 1 }) : null;
        return (
          <li key={`${problem.code}${problem.blockId ?? ''}${index}`} data-severity={problem.severity}>
            {problem.severity === 'error' ? (
              <CloseCircleFilled aria-label={t('checks.error')} />
            ) : (
              <WarningFilled aria-label={t('checks.warning')} />
            )}
            <div>
              <div>{text(problem)}</div>
              {place && (
                <button
                  type="button"
                  className="crumb"
                  onClick={() => {
                    select(problem.blockId!);
                    elementOf(problem.blockId!)?.scrollIntoView({ block: 'center' });
                  }}
                >
                  {place}
                </button>
              )}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
