import { useTranslation } from 'react-i18next';
import type { Resource } from '../api/types.js';
import { Instant } from '../components/relative-time.js';

type Group = Resource<'UncertainStory'>['groups'][number];

/** What happened, in a sentence for each cause: "3 messages were on the wire when a sender stopped". */
export function UncertainStory({ groups }: { groups: Group[] }) {
  const { t } = useTranslation('report');
  return (
    <ul className="plain-list uncertain-story">
      {groups.map(({ cause, smtpAccountId, smtpAccountName, host, count, lastAt }) => (
        <li key={`${cause}${smtpAccountId}`}>
          {t(`uncertain.story.${cause}`, { count, server: smtpAccountName ?? host ?? t('uncertain.aServer') })}{' '}
          <span className="quiet">
            <Instant at={lastAt} />
          </span>
        </li>
      ))}
    </ul>
  );
}
