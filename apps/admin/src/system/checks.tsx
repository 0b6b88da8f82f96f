import { CheckCircleFilled, CloseCircleFilled, WarningFilled } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Resource } from '../api/types.js';

type Check = Resource<'SystemState'>['checks'][number];

const ICONS: Record<Check['state'], ReactNode> = {
  ok: <CheckCircleFilled />,
  warning: <WarningFilled />,
  error: <CloseCircleFilled />,
};
const WORST_FIRST: Check['state'][] = ['error', 'warning', 'ok'];

/** Every check in a sentence; what is not well comes first and says what to do. */
export function Checks({ checks }: { checks: Check[] }) {
  const { t } = useTranslation('system');
  const wrong = checks.filter(({ state }) => state !== 'ok').length;
  const sorted = WORST_FIRST.flatMap((state) => checks.filter((check) => check.state === state));
  return (
    <section className="panel" aria-labelledby="checks-title">
      <h2 id="checks-title">{wrong === 0 ? t('allWell') : t('notWell', { count: wrong })}</h2>
      <ul className="plain-list checks" aria-label={t('checks')}>
        {sorted.map((check) => (
          <One key={check.key} check={check} />
        ))}
      </ul>
    </section>
  );
}

function One({ check: { key, state, values } }: { check: Check }) {
  const { t } = useTranslation('system');
  const lane = typeof values.lane === 'string' ? t(`lane.${values.lane}`) : '';
  const missing = String(values.missing ?? '')
    .split(', ')
    .filter(Boolean)
    .map((app) => t(`app.${app}`))
    .join(t('and'));
  // Some know more than one way to be wrong, or can't be asked everywhere.
  const kind =
    key === 'processes' && state === 'error' ? 'missing' : key === 'disk' && values.percent === -1 ? 'unknown' : state;
  return (
    <li data-state={state}>
      <span className="check-mark" aria-hidden="true">
        {ICONS[state]}
      </span>
      <span className="stack">
        <span>
          <span className="visually-hidden">{t(`state.${state}`)} </span>
          {t(`check.${key}.${kind}`, { ...values, lane, missing })}
        </span>
        {state !== 'ok' && <span className="quiet small">{t(`remedy.${key}`)}</span>}
      </span>
    </li>
  );
}
