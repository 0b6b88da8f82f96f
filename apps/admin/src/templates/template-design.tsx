import { Button, Input, Skeleton } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api/client.js';
import { queryClient } from '../api/query.js';
import type { Resource } from '../api/types.js';
import { BlockEditor } from '../blocks/index.js';
import { changedMembers } from '../components/draft-changes.js';
import { useAutosave, type Autosave, type Stored } from '../components/use-autosave.js';
import { useSaveKey } from '../components/use-save-key.js';
import type { Content } from '../editor/index.js';
import './templates.css';
import { restoreTemplate } from './restore-template.js';
import { useTemplateInCampaign } from './use-in-campaign.js';

type Template = Resource<'Template'>;
type Draft = Content & { name: string };

/** A template made of blocks; it saves itself. */
export function TemplateDesign({ template }: { template: Template }) {
  const { t } = useTranslation('templates');
  const { draft, change, state, errors, flush, replaceBy } = useAutosave(templateSaving(template));
  const { name, ...content } = draft;
  const refused = errors.some(({ property }) => property === 'name');
  const use = useTemplateInCampaign();
  const startCampaign = async () => {
    if (await flush()) await use(template.id, name);
  };
  useSaveKey(() => void flush());
  // Code and plain text have an editor of their own, which begins with what is stored.
  const left = !draft.document;
  useEffect(() => {
    if (!left) return;
    void flush().then(async (saved) => {
      if (saved) await queryClient.invalidateQueries({ queryKey: ['templates', template.id] });
    });
  }, [left, flush, template.id]);
  if (left) return <Skeleton active paragraph={{ rows: 10 }} />;
  return (
    <BlockEditor
      content={content}
      onChange={change}
      state={state}
      back={{ to: '/templates', label: t('title') }}
      title={name.trim() || t('newName')}
      history={{
        path: `/api/v1/templates/${template.id}/revisions`,
        onRestore: (revisionId) =>
          replaceBy(async (version) => storedOf(await restoreTemplate(template.id, revisionId, version))),
      }}
      actions={
        <Button type="primary" onClick={() => void startCampaign()}>
          {t('useInCampaign')}
        </Button>
      }
      titleField={
        <Input
          className="be-name"
          aria-label={t('name')}
          value={name}
          maxLength={100}
          status={refused ? 'error' : ''}
          aria-invalid={refused}
          onChange={(event) => change({ name: event.target.value })}
        />
      }
    />
  );
}

function templateSaving(template: Template): Autosave<Draft> {
  const { id } = template;
  const path = { id };
  return {
    key: `template-${id}`,
    path: `/api/v1/templates/${id}`,
    stored: storedOf(template),
    within: (pathname) => pathname === `/templates/${id}`,
    changesOf: changedMembers,
    async write(body) {
      const fresh = await answer(api.PATCH('/api/v1/templates/{id}', { params: { path }, body: body as never }));
      void queryClient.invalidateQueries({ queryKey: ['templates', 'list'] });
      return storedOf(fresh);
    },
    async read() {
      return storedOf(await answer(api.GET('/api/v1/templates/{id}', { params: { path } })));
    },
  };
}

function storedOf({ version, name, subject, preheader, html, mjml, text, document }: Template): Stored<Draft> {
  return { draft: { name, subject, preheader, html, mjml, text, document }, version };
}
