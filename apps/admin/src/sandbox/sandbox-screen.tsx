import { DeleteOutlined, MailOutlined } from '@ant-design/icons';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { NavLink, Outlet, useLocation, useNavigate, useParams } from 'react-router';
import { answer, api } from '../api/client.js';
import { queryClient } from '../api/query.js';
import type { Resource } from '../api/types.js';
import { ConfirmButton } from '../components/confirm-button.js';
import { EmptyState } from '../components/empty-state.js';
import { ListProblem } from '../components/list-problem.js';
import { ListPager } from '../components/list-pager.js';
import { ListToolbar } from '../components/list-toolbar.js';
import { PageHeader } from '../components/page-header.js';
import { RelativeTime } from '../components/relative-time.js';
import { useListParams } from '../components/use-list-params.js';
import { useNarrow } from '../components/use-narrow.js';
import './sandbox.css';

const RELOAD_MS = 4_000;

/** The inbox of the built-in test server: every message it took, as its recipient would see it. */
export default function SandboxScreen() {
  const { t } = useTranslation('sandbox');
  const narrow = useNarrow();
  const { id } = useParams();
  const navigate = useNavigate();
  const params = useListParams([]);
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['sandbox', 'list', params.query],
    queryFn: () => answer(api.GET('/api/v1/sandbox/messages', { params: { query: params.query as never } })),
    placeholderData: keepPreviousData,
    refetchInterval: RELOAD_MS,
  });
  const clear = async () => {
    await answer(api.DELETE('/api/v1/sandbox/messages'));
    void navigate('/sandbox');
    await queryClient.invalidateQueries({ queryKey: ['sandbox'] });
  };
  const empty = data?.items.length === 0 && !params.query.cursor;
  if (narrow && id) return <Outlet />;
  return (
    <>
      <PageHeader
        title={t('title')}
        count={data?.total}
        description={t('description')}
        actions={
          <ConfirmButton
            danger
            icon={<DeleteOutlined />}
            disabled={!data || (empty && !params.filtered)}
            question={t('clearQuestion')}
            consequence={t('clearText')}
            confirm={t('clear')}
            onConfirm={clear}
          >
            {t('clear')}
          </ConfirmButton>
        }
      />
      <ListToolbar params={params} searchLabel={t('search')} filters={[]} />
      {error && !data && <ListProblem error={error} params={params} onRetry={() => void refetch()} />}
      {isPending && <Skeleton active paragraph={{ rows: 8 }} className="panel" />}
      {empty && (
        <div className="panel">
          {params.filtered ? (
            <EmptyState title={t('noMatch')} action={<Button onClick={params.clear}>{t('showAll')}</Button>} />
          ) : (
            <EmptyState icon={<MailOutlined />} title={t('empty.title')} text={t('empty.text')} />
          )}
        </div>
      )}
      {data && !empty && (
        <div className="mail-split">
          <div className="mail-list panel">
            <ul className="plain-list" aria-label={t('title')}>
              {data.items.map((message) => (
                <li key={message.id}>
                  <Row message={message} />
                </li>
              ))}
            </ul>
            <ListPager params={params} nextCursor={data.nextCursor} />
          </div>
          {!narrow && (id ? <Outlet /> : <p className="panel mail-nothing quiet">{t('choose')}</p>)}
        </div>
      )}
    </>
  );
}

function Row({ message }: { message: Resource<'SandboxMessage'> }) {
  const { t } = useTranslation('sandbox');
  const { search } = useLocation();
  const { id, subject, to, from, receivedAt } = message;
  return (
    <NavLink to={{ pathname: `/sandbox/${id}`, search }} className="mail-row">
      <span className="spread">
        <strong className="ellipsis">{to.join(', ')}</strong>
        <span className="quiet small">
          <RelativeTime at={receivedAt} />
        </span>
      </span>
      <span className="ellipsis">{subject || t('noSubject')}</span>
      <span className="ellipsis quiet small">{from || t('nullSender')}</span>
    </NavLink>
  );
}
