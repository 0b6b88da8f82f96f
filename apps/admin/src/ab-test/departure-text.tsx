import { useTranslation } from 'react-i18next';
import { ZonedTime } from '../components/relative-time.js';
import type { Departure } from './times.js';

/** When variant A leaves, which is the campaign's own time. */
export function DepartureText({ departure: { at, zone } }: { departure: Departure }) {
  const { t } = useTranslation('abTest');
  return <span className="block">{at === null ? t('timeOfStart') : <ZonedTime at={at} zone={zone} />}</span>;
}
