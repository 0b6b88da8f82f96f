import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import './pace.css';
import { useHoldUps } from './hold-ups.js';
import { paceQuery } from './pace-query.js';
import { Reason } from './reason.js';

interface SlowProvidersProps {
  /** Providers of the campaign that still have recipients waiting. */
  providers: readonly string[];
  /** Channels the campaign names; empty for any. */
  smtpAccounts: readonly string[];
}

/** What holds a campaign up: channels that can't send now, providers that asked to slow down; nothing while none does. */
export function SlowProviders({ providers, smtpAccounts }: SlowProvidersProps) {
  const { t } = useTranslation('pace');
  const { data } = useQuery(paceQuery);
  const holdUps = useHoldUps();
  const accounts = (data?.items ?? []).filter(
    ({ id, enabled, pending }) => enabled && pending > 0 && (smtpAccounts.length === 0 || smtpAccounts.includes(id)),
  );
  const held = accounts.flatMap((account) => {
    const { failing, stopped, usedUp } = holdUps(account);
    const text = stopped ?? failing ?? usedUp;
    return text ? [{ id: account.id, text: t('hold', { name: account.name, text }) }] : [];
  });
  const slow = accounts
    .flatMap((account) => account.providers.map((pace) => ({ account, pace })))
    .filter(({ pace }) => pace.perMinute !== null && providers.includes(pace.provider));
  if (slow.length + held.length === 0) return null;
  return (
    <div className="pace-slow">
      <p>
        {t(slow.length > 0 && held.length === 0 ? 'slowNow' : 'heldNow')}{' '}
        <Link to="/settings/sending">{t('live')}</Link>
      </p>
      <ul>
        {held.slice(0, 5).map(({ id, text }) => (
          <li key={id}>{text}</li>
        ))}
        {slow.slice(0, 5).map(({ account, pace }) => (
          <li key={`${account.id} ${pace.domain ?? pace.provider}`}>
            <Reason pace={pace} />
          </li>
        ))}
      </ul>
    </div>
  );
}
