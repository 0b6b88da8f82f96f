import { ReadOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Form, Input, Skeleton, Switch } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answer, api } from '../api/client.js';
import { useReport } from '../api/problem.js';
import { queryClient } from '../api/query.js';
import type { Resource } from '../api/types.js';
import { CopyField } from '../components/copy-field.js';
import { DataTable, type Column } from '../components/data-table.js';
import { EmptyState } from '../components/empty-state.js';
import { LinkButton } from '../components/link-button.js';
import { PageHeader } from '../components/page-header.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { RelativeTime } from '../components/relative-time.js';
import { useFormSave } from '../components/use-form-save.js';
import { SubjectText } from '../components/subject-text.js';

type Archive = Resource<'Archive'>;
type Body = Pick<Archive, 'enabled' | 'slug' | 'title' | 'intro' | 'indexed'>;
type Campaign = Resource<'ArchiveCampaign'>;

/** The public page with earlier campaigns: what it says, and which of them it shows. */
export default function ArchiveScreen() {
  const { t } = useTranslation('archive');
  const { data, error, refetch } = useQuery({
    queryKey: ['archive'],
    queryFn: () => answer(api.GET('/api/v1/archive')),
  });
  return (
    <>
      <PageHeader
        title={t('title')}
        count={data?.shown}
        description={t('description')}
        back={{ to: '/forms', label: t('forms') }}
      />
      {error && !data && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton active paragraph={{ rows: 8 }} className="panel" />}
      {data && (
        <>
          <Settings archive={data} />
          <Campaigns archive={data} />
        </>
      )}
    </>
  );
}

function Settings({ archive }: { archive: Archive }) {
  const { t } = useTranslation('archive');
  const [form] = Form.useForm<Body>();
  const { enabled, slug, title, intro, indexed, url } = archive;
  const { busy, save } = useFormSave(form, t('saved'), async (values: Body) => {
    const saved = await answer(api.PUT('/api/v1/archive', { body: { ...values, slug: values.slug || null } }));
    queryClient.setQueryData(['archive'], saved);
    form.setFieldValue('slug', saved.slug);
  });
  return (
    <section className="panel gap-below">
      <h2>{t('settings')}</h2>
      {enabled && url && (
        <div className="form-panel gap-below">
          <CopyField value={url} label={t('address')} />
        </div>
      )}
      <Form<Body>
        name="archive"
        form={form}
        layout="vertical"
        className="form-panel"
        initialValues={{ enabled, slug, title, intro, indexed }}
        onFinish={save}
      >
        <Form.Item name="enabled" label={t('enabled')} extra={t('enabledHelp')} valuePropName="checked">
          <Switch />
        </Form.Item>
        <Form.Item name="slug" label={t('slug')} extra={t('slugHelp')}>
          <Input maxLength={60} className="mono" />
        </Form.Item>
        <Form.Item name="title" label={t('pageTitle')} extra={t('pageTitleHelp')}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="intro" label={t('intro')}>
          <Input.TextArea maxLength={1000} autoSize={{ minRows: 2, maxRows: 6 }} />
        </Form.Item>
        <Form.Item name="indexed" label={t('indexed')} extra={t('indexedHelp')} valuePropName="checked">
          <Switch />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={busy}>
          {t('save')}
        </Button>
      </Form>
    </section>
  );
}

function Campaigns({ archive }: { archive: Archive }) {
  const { t } = useTranslation('archive');
  return (
    <section>
      <h2>{t('campaigns')}</h2>
      {!archive.enabled && <Alert type="info" showIcon title={t('off')} className="gap-below" />}
      <DataTable<Campaign>
        name="archive-campaigns"
        label={t('campaigns')}
        load={(query) => answer(api.GET('/api/v1/archive/campaigns', { params: { query } }))}
        columns={useColumns(archive)}
        searchLabel={t('search')}
        empty={
          <EmptyState
            icon={<ReadOutlined />}
            title={t('none')}
            text={t('noneText')}
            action={<LinkButton to="/campaigns/new">{t('create')}</LinkButton>}
          />
        }
        card={(campaign) => (
          <div className="spread">
            <span className="stack">
              <Link to={`/campaigns/${campaign.id}/report`}>{campaign.name}</Link>
              <span className="quiet small">
                <SubjectText subject={campaign.subject} />
              </span>
              <See archive={archive} campaign={campaign} />
            </span>
            <Show campaign={campaign} />
          </div>
        )}
      />
    </section>
  );
}

function useColumns(archive: Archive): Column<Campaign>[] {
  const { t } = useTranslation('archive');
  return [
    {
      title: t('campaign'),
      key: 'name',
      render: (_, { id, name, subject }) => (
        <div className="two-lines">
          <Link to={`/campaigns/${id}/report`} className="ellipsis" title={name}>
            {name}
          </Link>
          <span className="ellipsis" title={subject} lang="">
            {subject}
          </span>
        </div>
      ),
    },
    { title: t('sent'), key: 'sent', render: (_, { startedAt }) => <RelativeTime at={startedAt} /> },
    { title: t('show'), key: 'show', render: (_, campaign) => <Show campaign={campaign} /> },
    { title: t('see'), key: 'see', render: (_, campaign) => <See archive={archive} campaign={campaign} /> },
  ];
}

function Show({ campaign: { id, name, shown } }: { campaign: Campaign }) {
  const { t } = useTranslation('archive');
  const [busy, setBusy] = useState(false);
  const report = useReport();
  const change = async (next: boolean) => {
    setBusy(true);
    try {
      const path = { params: { path: { id } } };
      await answer(api.PUT('/api/v1/archive/campaigns/{id}', { ...path, body: { shown: next } }));
      await Promise.all([
        queryClient.invalidateQueries({ queryKey: ['archive-campaigns'] }),
        queryClient.invalidateQueries({ queryKey: ['archive'] }),
      ]);
    } catch (error) {
      report(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Switch checked={shown} loading={busy} aria-label={t('showOf', { name })} onChange={(next) => void change(next)} />
  );
}

/** The mail on the page, once both are public. */
function See({ archive: { enabled, url }, campaign: { id, shown } }: { archive: Archive; campaign: Campaign }) {
  const { t } = useTranslation('archive');
  if (!enabled || !url || !shown) return <span className="quiet">–</span>;
  return (
    <a href={`${url}/${id}`} target="_blank" rel="noreferrer">
      {t('see')}
    </a>
  );
}
