import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Alert, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { CampaignSummary } from '../api/campaigns.js';
import { answer, api } from '../api/client.js';
import { useTimeZone } from '../app/session.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { useNarrow } from '../components/use-narrow.js';
import { beginOf, byDay, monthAfter, monthOf, spanOf, todayIn, weeksOf } from './calendar-month.js';
import './campaign-calendar.css';

/** As many as one question brings: a month has fewer, or one would not read it as a calendar. */
const CAMPAIGNS_MAX = 200;

/** A month of campaigns, each on the day on which it began or shall begin by the user's own clock. */
export function CampaignCalendar() {
  const { t, i18n } = useTranslation('campaigns');
  const zone = useTimeZone();
  const narrow = useNarrow();
  const [params] = useSearchParams();
  const month = monthOf(params.get('month'), zone);
  const weeks = weeksOf(month, i18n.language);
  const query = { ...spanOf(weeks), status: (params.get('status') ?? undefined) as never, limit: CAMPAIGNS_MAX };
  const { data, error, isPending, isPlaceholderData, refetch } = useQuery({
    queryKey: ['campaigns', 'list', 'calendar', query],
    queryFn: () => answer(api.GET('/api/v1/campaigns', { params: { query } })),
    placeholderData: keepPreviousData,
  });
  const title = dateText(`${month}-01`, i18n.language, { year: 'numeric', month: 'long' });
  const days = byDay(data?.items ?? [], zone);
  const shown = { month, weeks, days, today: todayIn(zone) };
  return (
    <section className="panel calendar" aria-labelledby="calendar-title" aria-busy={isPending || isPlaceholderData}>
      <header className="spread">
        <h2 id="calendar-title" aria-live="polite">
          {title}
        </h2>
        <MonthLinks month={month} />
      </header>
      {error && !data ? (
        <ProblemAlert error={error} onRetry={() => void refetch()} />
      ) : isPending ? (
        <Skeleton active title={false} paragraph={{ rows: 8, width: '100%' }} />
      ) : narrow ? (
        <Agenda {...shown} />
      ) : (
        <Month {...shown} label={title} />
      )}
      {data?.nextCursor && <Alert type="info" title={t('calendar.more', { count: CAMPAIGNS_MAX })} />}
      <p className="quiet small">{t('calendar.zone', { zone: zone.replaceAll('_', ' ') })}</p>
    </section>
  );
}

function MonthLinks({ month }: { month: string }) {
  const { t } = useTranslation('campaigns');
  const [params] = useSearchParams();
  const to = (asked?: string) => {
    const next = new URLSearchParams(params);
    next.delete('month');
    if (asked) next.set('month', asked);
    return `/campaigns?${next}`;
  };
  return (
    <nav className="calendar-nav" aria-label={t('calendar.months')}>
      <Link to={to(monthAfter(month, -1))} aria-label={t('calendar.previous')}>
        <LeftOutlined aria-hidden="true" />
      </Link>
      <Link to={to()}>{t('calendar.today')}</Link>
      <Link to={to(monthAfter(month, 1))} aria-label={t('calendar.next')}>
        <RightOutlined aria-hidden="true" />
      </Link>
    </nav>
  );
}

interface Shown {
  month: string;
  weeks: string[][];
  days: Map<string, CampaignSummary[]>;
  today: string;
}

function Month({ month, weeks, days, today, label }: Shown & { label: string }) {
  const { i18n } = useTranslation();
  return (
    <table className="calendar-month" aria-label={label}>
      <thead>
        <tr>
          {weeks[0]!.map((day) => (
            <th key={day} scope="col">
              {dateText(day, i18n.language, { weekday: 'short' })}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week[0]}>
            {week.map((day) => (
              <td key={day} className={day.startsWith(month) ? '' : 'calendar-other'}>
                <time dateTime={day} {...(day === today && { 'aria-current': 'date' as const })}>
                  {Number(day.slice(8))}
                </time>
                <DayCampaigns campaigns={days.get(day)} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Only the days on which something begins, one below the other, for a screen that has no room for seven. */
function Agenda({ month, weeks, days }: Shown) {
  const { t, i18n } = useTranslation('campaigns');
  const filled = weeks.flat().filter((day) => day.startsWith(month) && days.has(day));
  if (filled.length === 0) return <p>{t('calendar.none')}</p>;
  return (
    <ul className="calendar-agenda">
      {filled.map((day) => (
        <li key={day}>
          <h3>{dateText(day, i18n.language, { month: 'long', day: 'numeric', weekday: 'short' })}</h3>
          <DayCampaigns campaigns={days.get(day)} />
        </li>
      ))}
    </ul>
  );
}

function DayCampaigns({ campaigns }: { campaigns: CampaignSummary[] | undefined }) {
  const { t, i18n } = useTranslation('components');
  const zone = useTimeZone();
  if (!campaigns) return null;
  const clock = new Intl.DateTimeFormat(i18n.language, { hour: '2-digit', minute: '2-digit', timeZone: zone });
  return (
    <ul className="calendar-day">
      {campaigns.map((campaign) => {
        const { id, name, status } = campaign;
        const state = t(`status.campaign.${status}`);
        const at = beginOf(campaign)!;
        return (
          <li key={id}>
            <Link to={`/campaigns/${id}`} className={`calendar-link calendar-${status}`} title={`${name} · ${state}`}>
              <span className="figures">{clock.format(new Date(at))}</span> {name}
              <span className="visually-hidden"> {state}</span>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}

/** A date without a zone, in words. */
function dateText(day: string, language: string, format: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(language, { ...format, timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
}
