import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import './pace.css';
import { paceQuery } from './pace-query.js';
import { Reason } from './reason.js';

interface SlowProvidersProps {
  /** Providers of the campaign that still have recipients waiting. */
  providers: readonly string[];
  /** Channels the campaign names; empty for any. */
  smtpAccounts: readonly string[];
}

/** Which of a campaign's providers asked to slow down, and when; nothing while none has. */
export function SlowProviders({ providers, smtpAccounts }: SlowProvidersProps) {
  const { t } = useTranslation('pace');
  const { data } = useQuery(paceQuery);
  const slow = (data?.items ?? [])
    .filter(({ id }) => smtpAccounts.length === 0 || smtpAccounts.includes(id))
    .flatMap((account) => account.providers.map((pace) => ({ account, pace })))
    .filter(({ pace }) => pace.perMinute !== null && providers.includes(pace.provider));
  if (slow.length === 0) return null;
  return (
    <div className="pace-slow">
      <p>
        {t('slowNow')} <Link to="/settings/sending">{t('live')}</Link>
      </p>
      <ul>
        {slow.slice(0, 5).map(({ account, pace }) => (
          <li key={`${account.id} ${pace.domain ?? pace.provider}`}>
            <Reason pace={pace} />
          </li>
        ))}
      </ul>
    </div>
  );
}
