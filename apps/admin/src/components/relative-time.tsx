import { Tooltip } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { useTimeZone } from '../app/session.js';

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

/** An RFC 3339 instant as date and time in a language and zone. */
export function formatInstant(at: string, locale: string, timeZone: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(new Date(at));
}
