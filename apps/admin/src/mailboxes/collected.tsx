import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api/client.js';
import { Count } from '../components/count.js';
import type { Mailbox } from './mailbox-values.js';

/**
 * What a mailbox has brought: the number, the kinds, and how many mails still lie unread on the server.
 * @param labelled where no column says what the number is
 */
export function Collected({ mailbox, labelled = false }: { mailbox: Mailbox; labelled?: boolean }) {
  const { t } = useTranslation('mailboxes');
  const { data } = useQuery({
    queryKey: ['mailboxes', 'collected'],
    queryFn: () => answer(api.GET('/api/v1/mailboxes/collected')),
    refetchInterval: 10_000,
  });
  const kinds = (data?.items ?? [])
    .filter(({ mailboxId }) => mailboxId === mailbox.id)
    .sort((a, b) => b.count - a.count)
    .map(({ kind, count }) => t('kindCount', { kind: t(`kind.${kind ?? 'unread'}`), count }));
  return (
    <div className="two-lines">
      <span>
        {labelled && `${t('processed')} `}
        <Count value={mailbox.processed} />
      </span>
      {kinds.length > 0 && (
        <span className="quiet" title={kinds.join(t('kindJoin'))}>
          {kinds.join(t('kindJoin'))}
        </span>
      )}
      {mailbox.behind > 0 && <span className="quiet">{t('behind', { count: mailbox.behind })}</span>}
    </div>
  );
}
