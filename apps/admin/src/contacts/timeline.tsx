import {
  AlertOutlined,
  ClockCircleOutlined,
  EyeOutlined,
  LinkOutlined,
  MailOutlined,
  MessageOutlined,
  SendOutlined,
  ShoppingOutlined,
  StopOutlined,
  UserAddOutlined,
  UserDeleteOutlined,
} from '@ant-design/icons';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Select, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { answer, api } from '../api/client.js';
import type { Resource } from '../api/types.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { RelativeTime } from '../components/relative-time.js';
import { useReasonName } from '../words/index.js';
import { amountWords, timelineDetail } from './timeline-detail.js';

type Entry = Resource<'TimelineEntry'>;

const ICONS: Record<string, { icon: ReactNode; tone: 'good' | 'bad' | 'plain' }> = {
  accepted: { icon: <SendOutlined />, tone: 'plain' },
  sent: { icon: <SendOutlined />, tone: 'plain' },
  opened: { icon: <EyeOutlined />, tone: 'good' },
  clicked: { icon: <LinkOutlined />, tone: 'good' },
  replied: { icon: <MessageOutlined />, tone: 'good' },
  'auto-replied': { icon: <ClockCircleOutlined />, tone: 'plain' },
  'left-company': { icon: <UserDeleteOutlined />, tone: 'bad' },
  'delivery-confirmed': { icon: <MailOutlined />, tone: 'good' },
  'delivery-relayed': { icon: <MailOutlined />, tone: 'plain' },
  'delivery-delayed': { icon: <ClockCircleOutlined />, tone: 'plain' },
  'read-confirmed': { icon: <EyeOutlined />, tone: 'good' },
  'read-declined': { icon: <EyeOutlined />, tone: 'plain' },
  expired: { icon: <AlertOutlined />, tone: 'bad' },
  uncertain: { icon: <AlertOutlined />, tone: 'bad' },
  'hard-bounced': { icon: <AlertOutlined />, tone: 'bad' },
  'soft-bounced': { icon: <AlertOutlined />, tone: 'bad' },
  blocked: { icon: <AlertOutlined />, tone: 'bad' },
  complained: { icon: <StopOutlined />, tone: 'bad' },
  unsubscribed: { icon: <UserDeleteOutlined />, tone: 'bad' },
  bought: { icon: <ShoppingOutlined />, tone: 'good' },
  subscribed: { icon: <UserAddOutlined />, tone: 'good' },
  imported: { icon: <UserAddOutlined />, tone: 'plain' },
  created: { icon: <UserAddOutlined />, tone: 'plain' },
};

const KINDS = ['sent', 'opened', 'clicked', 'replied', 'bounced', 'bought', 'lists'] as const;

/** Everything that happened to a contact, or one kind of it (`?kind=`), newest first. */
export function Timeline({ contactId }: { contactId: string }) {
  const { t } = useTranslation('contacts');
  const [params, setParams] = useSearchParams();
  const kind = KINDS.find((each) => each === params.get('kind'));
  const query = useInfiniteQuery({
    queryKey: ['contacts', contactId, 'timeline', kind],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      answer(
        api.GET('/api/v1/contacts/{id}/timeline', {
          params: {
            path: { id: contactId },
            query: { limit: 30, ...(kind ? { kind } : {}), ...(pageParam ? { cursor: pageParam } : {}) },
          },
        }),
      ),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
  const entries = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className="panel">
      <div className="spread">
        <h2 className="panel-title">{t('timeline.title')}</h2>
        <Select
          aria-label={t('timeline.filter')}
          value={kind ?? 'all'}
          popupMatchSelectWidth={false}
          options={['all' as const, ...KINDS].map((value) => ({
            value,
            label: value === 'all' ? t('timeline.all') : t(`timeline.kind.${value}`),
          }))}
          onChange={(value) =>
            setParams(
              (old) => {
                if (value === 'all') old.delete('kind');
                else old.set('kind', value);
                return old;
              },
              { replace: true },
            )
          }
        />
      </div>
      {query.error && <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton active paragraph={{ rows: 6 }} />}
      {query.data && entries.length === 0 && (
        <p className="quiet">{t(kind ? 'timeline.emptyKind' : 'timeline.empty')}</p>
      )}
      {entries.length > 0 && (
        <ol className="timeline">
          {entries.map((entry, index) => (
            <TimelineRow key={`${entry.at}${entry.type}${index}`} entry={entry} />
          ))}
        </ol>
      )}
      {query.hasNextPage && (
        <Button onClick={() => void query.fetchNextPage()} loading={query.isFetchingNextPage}>
          {t('timeline.more')}
        </Button>
      )}
    </section>
  );
}

function TimelineRow({ entry }: { entry: Entry }) {
  const { t, i18n } = useTranslation('contacts');
  const { icon, tone } = ICONS[entry.type] ?? { icon: <MailOutlined />, tone: 'plain' };
  const key = `timeline.type.${entry.type}`;
  return (
    <li data-tone={tone}>
      <span className="timeline-icon" aria-hidden="true">
        {icon}
      </span>
      <div className="timeline-body">
        <div className="spread">
          <strong>{i18n.exists(`contacts:${key}`) ? t(key) : entry.type}</strong>
          <span className="quiet">
            <RelativeTime at={entry.at} />
          </span>
        </div>
        {entry.campaignId && <Link to={`/campaigns/${entry.campaignId}`}>{entry.campaignName}</Link>}
        {entry.listName && <span>{entry.listName}</span>}
        {entry.purchase && <Order {...entry.purchase} />}
        <Detail entry={entry} />
        {entry.inboundMessageId && <Link to={`/inbound/${entry.inboundMessageId}`}>{t('timeline.evidence')}</Link>}
      </div>
    </li>
  );
}

/** By the shop's own id, which can be long. */
function Order({ orderId, amount, currency }: NonNullable<Entry['purchase']>) {
  const { t, i18n } = useTranslation('contacts');
  return (
    <span className="break">
      {t('timeline.order', { order: orderId })}
      {amount !== null && currency !== null && ` · ${amountWords(amount, currency, i18n.language)}`}
    </span>
  );
}

/** Codes in the user's language, the words of servers and people as they are. */
function Detail({ entry }: { entry: Entry }) {
  const { t } = useTranslation('contacts');
  const reasonName = useReasonName();
  const { reason, via, away, isMachine, words } = timelineDetail(entry);
  const ours = [
    reason && reasonName(reason),
    via && t(`timeline.via.${via}`),
    away && t('timeline.away', { date: away }),
    isMachine && t('timeline.machine'),
  ].filter(Boolean);
  if (ours.length === 0 && !words) return null;
  return (
    <span className="quiet break">
      {ours.join('')}
      {ours.length > 0 && words && ' · '}
      {words && <span lang="">{words}</span>}
    </span>
  );
}
