import { useTranslation } from 'react-i18next';

const DAYS = 7;
const HOURS = 24;
/** Monday, 5 January 1970. */
const MONDAY_MS = 4 * 86_400_000;

/** First opens by hour of the week: a table whose cells are the darker, the more. */
export function HourGrid({ title, hours, zone }: { title: string; hours: readonly number[]; zone: string }) {
  const { t, i18n } = useTranslation('report');
  const most = Math.max(1, ...hours);
  const number = new Intl.NumberFormat(i18n.language);
  const dayName = new Intl.DateTimeFormat(i18n.language, { weekday: 'short', timeZone: 'UTC' });
  return (
    <figure className="hour-figure">
      <figcaption>
        <strong>{title}</strong> <span className="quiet small">{t('timeline.zone', { zone })}</span>
      </figcaption>
      <div className="compare-scroll" role="region" aria-label={title} tabIndex={0}>
        <table className="hour-grid">
          <thead>
            <tr>
              <td />
              {Array.from({ length: HOURS }, (_, hour) => (
                <th key={hour} scope="col">
                  {hour % 3 === 0 ? hour : <span className="visually-hidden">{hour}</span>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {Array.from({ length: DAYS }, (_, day) => (
              <tr key={day}>
                <th scope="row">{dayName.format(new Date(MONDAY_MS + day * 86_400_000))}</th>
                {Array.from({ length: HOURS }, (_, hour) => {
                  const count = hours[day * HOURS + hour] ?? 0;
                  return (
                    <td
                      key={hour}
                      title={t('compare.hourCell', { number: number.format(count), hour })}
                      style={{ background: `rgb(21 84 173 / ${count === 0 ? 0.05 : 0.15 + (count / most) * 0.85})` }}
                    >
                      <span className="visually-hidden">{number.format(count)}</span>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  );
}
