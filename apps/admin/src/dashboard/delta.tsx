import { Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';

interface Fraction {
  count: number;
  of: number;
}

/** How much more or less was sent than in as many days before. */
export function SentDelta({ days, now, before }: { days: number; now: number; before: number }) {
  const { t, i18n } = useTranslation('dashboard');
  if (before === 0) return <Nothing days={days} />;
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 0 });
  const change = now / before - 1;
  return (
    <Delta
      change={Math.abs(change) < 0.005 ? 0 : change}
      text={percent.format(Math.abs(change))}
      hint={t('delta.sent', { days, before })}
    />
  );
}

/** By how many percentage points a rate differs from the days before. */
export function RateDelta({
  days,
  now,
  before,
  digits,
  moreIsBetter,
}: {
  days: number;
  now: Fraction;
  before: Fraction;
  digits: number;
  moreIsBetter: boolean;
}) {
  const { t, i18n } = useTranslation('dashboard');
  if (now.of === 0) return null;
  if (before.of === 0) return <Nothing days={days} />;
  const number = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: digits });
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: digits });
  const was = before.count / before.of;
  const points = (now.count / now.of - was) * 100;
  return (
    <Delta
      change={Math.abs(points) < 10 ** -digits / 2 ? 0 : points}
      text={t('delta.points', { points: number.format(Math.abs(points)) })}
      hint={t('delta.rate', { days, before: percent.format(was), ...before })}
      moreIsBetter={moreIsBetter}
    />
  );
}

const ARROWS = { up: '▲', down: '▼' };

/** An arrow and a figure, or that nothing has changed; its colour says whether that is good, never alone. */
function Delta({
  change,
  text,
  hint,
  moreIsBetter,
}: {
  change: number;
  text: string;
  hint: string;
  moreIsBetter?: boolean;
}) {
  const { t } = useTranslation('dashboard');
  const direction = change === 0 ? 'same' : change > 0 ? 'up' : 'down';
  const good = moreIsBetter === undefined || change === 0 ? 'neutral' : change > 0 === moreIsBetter ? 'good' : 'bad';
  return (
    <Tooltip title={hint}>
      <span className="kpi-delta figures" data-tone={good}>
        {direction === 'same' ? (
          t('delta.same')
        ) : (
          <>
            <span aria-hidden="true">
              {ARROWS[direction]} {text}
            </span>
            <span className="visually-hidden">{t(`delta.${direction}`, { by: text })}</span>
          </>
        )}
      </span>
    </Tooltip>
  );
}

function Nothing({ days }: { days: number }) {
  const { t } = useTranslation('dashboard');
  return (
    <Tooltip title={t('delta.none', { days })}>
      <span className="kpi-delta">
        <span aria-hidden="true">—</span>
        <span className="visually-hidden">{t('delta.none', { days })}</span>
      </span>
    </Tooltip>
  );
}
