import { EditOutlined, ImportOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { isNotFound } from '../api/api-error.js';
import { answer, api } from '../api/client.js';
import type { Resource } from '../api/types.js';
import { NotFoundPage } from '../app/error-page.js';
import { Count } from '../components/count.js';
import { LinkButton } from '../components/link-button.js';
import { PageHeader } from '../components/page-header.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { GrowthPanel } from './growth-panel.js';
import { ListDrawer } from './list-drawer.js';

/** One list: who is on it, how it grows and what it is set to. */
export default function ListScreen() {
  const { t } = useTranslation('lists');
  const id = useParams().id!;
  const [editing, setEditing] = useState(false);
  const { data, error, refetch } = useQuery({
    queryKey: ['lists', id],
    queryFn: () => answer(api.GET('/api/v1/lists/{id}', { params: { path: { id } } })),
  });
  if (isNotFound(error)) return <NotFoundPage />;
  if (error && !data) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton active paragraph={{ rows: 8 }} />;
  return (
    <>
      <PageHeader
        title={data.name}
        description={data.description}
        back={{ to: '/lists', label: t('title') }}
        actions={
          <>
            <LinkButton to={`/lists/${id}/quality`}>{t('quality')}</LinkButton>
            <LinkButton to={`/imports/new?list=${id}`} icon={<ImportOutlined aria-hidden="true" />}>
              {t('import')}
            </LinkButton>
            <Button icon={<EditOutlined aria-hidden="true" />} onClick={() => setEditing(true)}>
              {t('edit')}
            </Button>
            <LinkButton type="primary" to={`/contacts?list=${id}`}>
              {t('contacts')}
            </LinkButton>
          </>
        }
      />
      <Members list={data} />
      <GrowthPanel listId={id} />
      <ListDrawer open={editing} list={data} onClose={() => setEditing(false)} />
    </>
  );
}

function Members({ list: { counts, optIn, public: isPublic } }: { list: Resource<'List'> }) {
  const { t } = useTranslation('lists');
  return (
    <section className="panel">
      <h2>{t('members')}</h2>
      <dl className="figures-grid">
        {(['subscribed', 'pending', 'unsubscribed'] as const).map((status) => (
          <div key={status}>
            <dt>{t(status)}</dt>
            <dd>
              <Count value={counts[status]} />
            </dd>
          </div>
        ))}
        <div>
          <dt>{t('optIn')}</dt>
          <dd className="figure-word">{t(`optInName.${optIn}`)}</dd>
        </div>
        <div>
          <dt>{t('public')}</dt>
          <dd className="figure-word">{t(isPublic ? 'yes' : 'no')}</dd>
        </div>
      </dl>
    </section>
  );
}
