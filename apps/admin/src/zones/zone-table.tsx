import { Button, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Resource } from '../api/types.js';
import { useTimeZone } from '../app/session.js';
import { Count } from '../components/count.js';
import { formatInstant } from '../components/relative-time.js';
import { registerMessages } from '../i18n/i18n.js';
import { messages } from './messages.js';
import './zones.css';

registerMessages('zones', messages);

export type Plan = Resource<'ZonePlan'>;
type Zone = Plan['zones'][number];
const FIRST = 6;

/** When each time zone is due, by the reader's own clock, and how many people it has. */
export function ZoneTable({ plan }: { plan: Plan }) {
  const { t, i18n } = useTranslation('zones');
  const own = useTimeZone();
  const [whole, setWhole] = useState(false);
  const shown = whole ? plan.zones : plan.zones.slice(0, FIRST);
  return (
    <>
      <div className="zone-table" tabIndex={0} role="group" aria-label={t('title')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('zone')}</th>
              <th scope="col">{t('at', { zone: placeOf(own) })}</th>
              <th scope="col" className="zone-number">
                {t('people')}
              </th>
              {plan.frozen && <th scope="col">{t('state')}</th>}
            </tr>
          </thead>
          <tbody>
            {shown.map((zone) => (
              <tr key={zone.zone ?? ''}>
                <td>{zone.zone ? placeOf(zone.zone) : t('noZone', { zone: placeOf(plan.timezone ?? '') })}</td>
                <td className="figures">
                  <time dateTime={zone.at}>{formatInstant(zone.at, i18n.language, own)}</time>{' '}
                  {zone.nextDay && <Tag>{t('nextDay')}</Tag>}
                </td>
                <td className="zone-number">
                  <Count value={zone.recipients} />
                </td>
                {plan.frozen && <td>{t(`states.${zone.state}`)}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {plan.zones.length > FIRST && (
        <Button type="link" size="small" onClick={() => setWhole(!whole)}>
          {whole ? t('less') : t('more', { count: plan.zones.length })}
        </Button>
      )}
    </>
  );
}

/** An IANA name as people read it. */
export function placeOf(zone: string): string {
  return zone.replaceAll('_', ' ');
}

/** Whether somebody has to wait for the next day. */
export function hasNextDay(zones: readonly Zone[]): boolean {
  return zones.some(({ nextDay }) => nextDay);
}
