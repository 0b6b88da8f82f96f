import { EyeOutlined } from '@ant-design/icons';
import { App, Button, Dropdown, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answer, api } from '../api/client.js';
import { useReport } from '../api/problem.js';
import { queryClient } from '../api/query.js';
import type { Resource } from '../api/types.js';
import { useConfirm } from '../components/confirm-button.js';
import { MailThumb } from '../components/mail-thumb.js';
import { RelativeTime } from '../components/relative-time.js';
import { SubjectText } from '../components/subject-text.js';
import { CategoryDialog } from './category-dialog.js';
import { useTemplateInCampaign } from './use-in-campaign.js';

type Summary = Resource<'TemplateSummary'>;

/** One template of the gallery. Its picture leads to the preview, its name to the editor. */
export function TemplateCard({ template, preview }: { template: Summary; preview: string }) {
  const { t } = useTranslation('templates');
  const { id, version, name, subject, format, category, campaigns, updatedAt } = template;
  const load = () => answer(api.POST('/api/v1/templates/{id}/preview', { params: { path: { id } }, body: {} }));
  return (
    <>
      <Link to={preview} className="gallery-picture" tabIndex={-1} aria-hidden="true">
        <MailThumb queryKey={['templates', id, 'thumb', version]} load={load} />
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
          {category && (
            <Tag className="gallery-category ellipsis" title={category}>
              {category}
            </Tag>
          )}
          <RelativeTime at={updatedAt} />
        </span>
        <div className="spread gallery-use">
          <span className="quiet small">{campaigns > 0 ? t('usedBy', { count: campaigns }) : t('usedByNone')}</span>
          <Link to={preview} className="gallery-look small" aria-label={t('previewOf', { name })}>
            <EyeOutlined aria-hidden="true" /> {t('preview')}
          </Link>
        </div>
      </div>
    </>
  );
}

function CardMenu({ template }: { template: Summary }) {
  const { t } = useTranslation('templates');
  const [classing, setClassing] = useState(false);
  const use = useTemplateInCampaign();
  const duplicate = useDuplicate(template);
  const remove = useRemove(template);
  const { id, name } = template;
  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            { key: 'campaign', label: t('useInCampaign'), onClick: () => void use(id, name) },
            { key: 'category', label: t('setCategory'), onClick: () => setClassing(true) },
            { key: 'duplicate', label: t('duplicate'), onClick: () => void duplicate() },
            { key: 'delete', label: t('delete'), danger: true, onClick: remove },
          ],
        }}
      >
        <Button size="small" type="text" aria-label={t('moreFor', { name })}>
          ⋯
        </Button>
      </Dropdown>
      <CategoryDialog template={template} open={classing} onClose={() => setClassing(false)} />
    </>
  );
}

function useDuplicate({ id, name }: Summary): () => Promise<void> {
  const { t } = useTranslation('templates');
  const { message } = App.useApp();
  const report = useReport();
  const path = { id };
  return async () => {
    try {
      const { category, subject, preheader, html, mjml, text, document } = await answer(
        api.GET('/api/v1/templates/{id}', { params: { path } }),
      );
      const copy = { name: t('copyName', { name }).slice(0, 100), category };
      const body = { ...copy, subject, preheader, html, mjml, text, document };
      await answer(api.POST('/api/v1/templates', { body }));
      await queryClient.invalidateQueries({ queryKey: ['templates', 'list'] });
      message.success(t('duplicated'));
    } catch (error) {
      report(error);
    }
  };
}

function useRemove({ id, name }: Summary): () => void {
  const { t } = useTranslation('templates');
  const ask = useConfirm();
  return () =>
    ask({
      question: t('deleteQuestion', { name }),
      consequence: t('deleteText'),
      confirm: t('delete'),
      onConfirm: async () => {
        await answer(api.DELETE('/api/v1/templates/{id}', { params: { path: { id } } }));
        await queryClient.invalidateQueries({ queryKey: ['templates', 'list'] });
      },
    });
}
