import { Tooltip } from 'antd';
import dayjs from 'dayjs';
import zhCn from 'dayjs/locale/zh-cn.js';
import { useTranslation } from 'react-i18next';
import { useTimeZone } from '../app/session.js';

// dayjs says "1 天内", within a day, of what comes in a day.
dayjs.locale({ ...zhCn, relativeTime: { ...zhCn.relativeTime!, future: '%s后' } }, undefined, true);

/** "3 minutes ago", with the exact instant in the user's time zone as a tooltip. A dash for null. */
export function RelativeTime({ at }: { at: string | null | undefined }) {
  const { i18n } = useTranslation();
  const zone = useTimeZone();
  if (!at) return <span>–</span>;
  const locale = i18n.language === 'en' ? 'en' : 'zh-cn';
  return (
    <Tooltip title={formatInstant(at, i18n.language, zone)}>
      <time dateTime={at}>{dayjs(at).locale(locale).fromNow()}</time>
    </Tooltip>
  );
}

/** The exact instant in the user's time zone. A dash for null. */
export function Instant({ at }: { at: string | null | undefined }) {
  const { i18n } = useTranslation();
  const zone = useTimeZone();
  if (!at) return <span>–</span>;
  return (
    <time dateTime={at} className="figures">
      {formatInstant(at, i18n.language, zone)}
    </time>
  );
}

interface ZonedTimeProps {
  /** Milliseconds since 1970. */
  at: number;
  /** An IANA name. */
  zone: string;
}

/** An instant as a zone's clock shows it, with the name of the zone; where the user's own clock differs, that as well. */
export function ZonedTime({ at, zone }: ZonedTimeProps) {
  const { i18n } = useTranslation();
  const instant = new Date(at).toISOString();
  return (
    <>
      <time dateTime={instant} className="figures">
        {formatInstant(instant, i18n.language, zone)}
      </time>{' '}
      ({zoneName(zone)})
      <OwnTime at={at} zone={zone} />
    </>
  );
}

/** What the user's own clock shows then, where it shows something else than the zone's. */
export function OwnTime({ at, zone }: ZonedTimeProps) {
  const { t, i18n } = useTranslation('components');
  const own = useTimeZone();
  const instant = new Date(at).toISOString();
  const time = formatInstant(instant, i18n.language, own);
  if (time === formatInstant(instant, i18n.language, zone)) return null;
  return <span className="quiet small block">{t('ownTime', { time, zone: zoneName(own) })}</span>;
}

/** An RFC 3339 instant as date and time in a language and zone. */
export function formatInstant(at: string, locale: string, timeZone: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(new Date(at));
}

function zoneName(zone: string): string {
  return zone.replaceAll('_', ' ');
}
