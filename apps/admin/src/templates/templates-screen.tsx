import { FileTextOutlined, PlusOutlined } from '@ant-design/icons';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { App, Button, Dropdown, Skeleton, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answer, api } from '../api/client.js';
import { useReport } from '../api/problem.js';
import { queryClient } from '../api/query.js';
import type { Resource } from '../api/types.js';
import { useConfirm } from '../components/confirm-button.js';
import { EmptyState } from '../components/empty-state.js';
import { ListProblem } from '../components/list-problem.js';
import { ListPager } from '../components/list-pager.js';
import { ListToolbar } from '../components/list-toolbar.js';
import { MailThumb } from '../components/mail-thumb.js';
import { PageHeader } from '../components/page-header.js';
import { RelativeTime } from '../components/relative-time.js';
import { useListParams } from '../components/use-list-params.js';
import { SubjectText } from '../components/subject-text.js';
import { StartersModal } from './starters-modal.js';
import './templates.css';
import { useTemplateInCampaign } from './use-in-campaign.js';

type Summary = Resource<'TemplateSummary'>;

/** The gallery of templates. */
export default function TemplatesScreen() {
  const { t } = useTranslation('templates');
  const [choosing, setChoosing] = useState(false);
  const params = useListParams([]);
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['templates', 'list', params.query],
    queryFn: () => answer(api.GET('/api/v1/templates', { params: { query: params.query as never } })),
    placeholderData: keepPreviousData,
  });
  const create = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setChoosing(true)}>
      {t('create')}
    </Button>
  );
  const nothing = data?.items.length === 0 && !params.query.cursor;
  return (
    <>
      <PageHeader title={t('title')} count={data?.total} description={t('description')} actions={create} />
      {(params.filtered || !nothing) && !isPending && (
        <ListToolbar params={params} searchLabel={t('search')} filters={[]} views="templates" />
      )}
      {error && !data && <ListProblem error={error} params={params} onRetry={() => void refetch()} />}
      {isPending && <Skeleton active paragraph={{ rows: 8 }} className="panel" />}
      {nothing && (
        <div className="panel">
          {params.filtered ? (
            <EmptyState title={t('noMatch')} action={<Button onClick={params.clear}>{t('clear')}</Button>} />
          ) : (
            <EmptyState icon={<FileTextOutlined />} title={t('empty.title')} text={t('empty.text')} action={create} />
          )}
        </div>
      )}
      <ul className="gallery" aria-label={t('title')}>
        {data?.items.map((template) => (
          <li key={template.id} className="gallery-card">
            <TemplateCard template={template} />
          </li>
        ))}
      </ul>
      {data && <ListPager params={params} nextCursor={data.nextCursor} />}
      <StartersModal open={choosing} onClose={() => setChoosing(false)} />
    </>
  );
}

function TemplateCard({ template }: { template: Summary }) {
  const { t } = useTranslation('templates');
  const { id, version, name, subject, format, updatedAt } = template;
  const preview = () => answer(api.POST('/api/v1/templates/{id}/preview', { params: { path: { id } }, body: {} }));
  return (
    <>
      <Link to={`/templates/${id}`} className="gallery-picture" tabIndex={-1} aria-hidden="true">
        <MailThumb queryKey={['templates', id, 'thumb', version]} load={preview} />
      </Link>
      <div className="gallery-text">
        <div className="spread">
          <Link to={`/templates/${id}`} className="gallery-name ellipsis" title={name}>
            {name}
          </Link>
          <CardMenu template={template} />
        </div>
        <span className="quiet ellipsis">{subject ? <SubjectText subject={subject} /> : t('noSubject')}</span>
        <span className="gallery-foot quiet">
          <Tag>{t(`formatName.${format}`)}</Tag>
          <RelativeTime at={updatedAt} />
        </span>
      </div>
    </>
  );
}

function CardMenu({ template }: { template: Summary }) {
  const { t } = useTranslation('templates');
  const use = useTemplateInCampaign();
  const { message } = App.useApp();
  const ask = useConfirm();
  const report = useReport();
  const { id, name } = template;
  const read = () => answer(api.GET('/api/v1/templates/{id}', { params: { path: { id } } }));
  const duplicate = async () => {
    try {
      const { subject, preheader, html, mjml, text, document } = await read();
      const body = { name: t('copyName', { name }).slice(0, 100), subject, preheader, html, mjml, text, document };
      await answer(api.POST('/api/v1/templates', { body }));
      await queryClient.invalidateQueries({ queryKey: ['templates', 'list'] });
      message.success(t('duplicated'));
    } catch (error) {
      report(error);
    }
  };
  const remove = () =>
    ask({
      question: t('deleteQuestion', { name }),
      consequence: t('deleteText'),
      confirm: t('delete'),
      onConfirm: async () => {
        await answer(api.DELETE('/api/v1/templates/{id}', { params: { path: { id } } }));
        await queryClient.invalidateQueries({ queryKey: ['templates', 'list'] });
      },
    });
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          { key: 'campaign', label: t('useInCampaign'), onClick: () => void use(id, name) },
          { key: 'duplicate', label: t('duplicate'), onClick: () => void duplicate() },
          { key: 'delete', label: t('delete'), danger: true, onClick: remove },
        ],
      }}
    >
      <Button size="small" type="text" aria-label={t('moreFor', { name })}>
        ⋯
      </Button>
    </Dropdown>
  );
}
