import { AlertOutlined, ClockCircleOutlined, QuestionOutlined, SendOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api/client.js';
import type { Resource } from '../api/types.js';
import { Instant } from '../components/relative-time.js';

type Attempt = Resource<'Message'>['attempts'][number];

const LOOKS: Record<string, [icon: ReactNode, tone: 'good' | 'bad' | 'plain']> = {
  accepted: [<SendOutlined />, 'good'],
  deferred: [<ClockCircleOutlined />, 'plain'],
  rejected: [<AlertOutlined />, 'bad'],
  unreachable: [<AlertOutlined />, 'plain'],
  uncertain: [<QuestionOutlined />, 'bad'],
};

/** Each try with the server's own words and the account that made it. */
export function MessageAttempts({ attempts }: { attempts: Attempt[] }) {
  const { t } = useTranslation('triggered');
  const { data: accounts } = useQuery({
    queryKey: ['smtp-accounts', 'choices'],
    queryFn: async () => (await answer(api.GET('/api/v1/smtp-accounts', { params: { query: { limit: 200 } } }))).items,
  });
  if (attempts.length === 0) return <p className="quiet">{t('detail.none')}</p>;
  return (
    <ol className="timeline">
      {attempts.map((attempt, index) => {
        const { at, kind, code, enhanced, text, smtpAccountId } = attempt;
        const [icon, tone] = LOOKS[kind] ?? LOOKS.unreachable!;
        const name = accounts?.find(({ id }) => id === smtpAccountId)?.name;
        return (
          <li key={index} data-tone={tone}>
            <span className="timeline-icon" aria-hidden="true">
              {icon}
            </span>
            <div className="timeline-body">
              <strong>{t(`attempt.${kind}`)}</strong>
              <span className="quiet small">
                <Instant at={at} />
              </span>
              {smtpAccountId && accounts && (
                <span className="quiet small">{name ? t('detail.account', { name }) : t('detail.removedAccount')}</span>
              )}
              {/* Without an account there was no server: the text is ours, and the sentence above says it. */}
              {smtpAccountId && (
                <code className="mono server-words">{[code, enhanced, text].filter(Boolean).join(' ')}</code>
              )}
            </div>
          </li>
        );
      })}
    </ol>
  );
}
