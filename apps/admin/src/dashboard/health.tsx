import { CheckCircleFilled, CloseCircleFilled, MinusCircleOutlined, WarningFilled } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Resource } from '../api/types.js';

type Check = Resource<'Dashboard'>['health'][number];

const ICONS: Record<Check['state'], ReactNode> = {
  none: <MinusCircleOutlined />,
  ok: <CheckCircleFilled />,
  warning: <WarningFilled />,
  error: <CloseCircleFilled />,
};
/** Where each is looked at and put right. */
const PLACES: Record<Check['key'], string> = {
  domains: '/settings/domains',
  channels: '/settings/senders',
  queue: '/settings/sending',
  complaints: '/reports',
  mailboxes: '/settings/mailboxes',
};

/** Whether mail can go and come as it should; what is not well leads to where it is put right. */
export function Health({ health }: { health: Check[] }) {
  const { t, i18n } = useTranslation('dashboard');
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 2 });
  return (
    <section className="panel" aria-labelledby="health-title">
      <h2 id="health-title">{t('health.title')}</h2>
      <ul className="plain-list health">
        {health.map(({ key, state, values }) => (
          <li key={key} data-state={state}>
            <span className="health-mark" aria-hidden="true">
              {ICONS[state]}
            </span>
            <span>
              <span className="visually-hidden">{t(`health.state.${state}`)} </span>
              {t(`health.${key}.${state}`, {
                ...values,
                rate: percent.format(Number(values.count ?? 0) / Math.max(1, Number(values.of ?? 0))),
              })}
              {state !== 'ok' && !(key === 'complaints' && state === 'none') && (
                <>
                  {' '}
                  <Link to={PLACES[key]}>{t(`health.${key}.link`)}</Link>
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
