import { SaveOutlined } from '@ant-design/icons';
import { App, Button, Input } from 'antd';
import { Suspense, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { ApiError } from '../api/api-error.js';
import { answer, api } from '../api/client.js';
import { useReport } from '../api/problem.js';
import { queryClient } from '../api/query.js';
import type { Resource } from '../api/types.js';
import { HistoryButton } from '../blocks/index.js';
import { PageHeader } from '../components/page-header.js';
import { useLeaveGuard } from '../components/use-leave-guard.js';
import { useSaveKey } from '../components/use-save-key.js';
import { staleCurrent, useAskOverwrite } from '../components/use-stale.js';
import { ContentEditor, SubjectFields, type Content } from '../editor/index.js';
import { restoreTemplate } from './restore-template.js';
import './templates.css';

type Template = Resource<'Template'>;
type Draft = Content & { name: string };

/** Name, subject and content of a template, saved on purpose (Ctrl+S); one without an id is not stored yet. */
export function TemplateEditor({ template }: { template: Draft | Template }) {
  const { t } = useTranslation('templates');
  const stored = 'id' in template ? template : null;
  const [draft, setDraft] = useState<Draft>(() => pick(template));
  const [saved, setSaved] = useState<Draft>(() => pick(template));
  const leaving = useRef(false);
  const dirty = !same(draft, saved) || (!stored && !same(draft, pick(template)));
  const change = (part: Partial<Draft>) => setDraft((old) => ({ ...old, ...part }));
  const { save, restore, busy, nameError } = useSave(stored, draft, {
    onSaved: setSaved,
    onTheirs: (theirs) => {
      setDraft(theirs);
      setSaved(theirs);
    },
    onLeave: () => {
      leaving.current = true;
    },
  });
  useSaveKey(() => void save());
  useLeaveGuard(dirty, leaving);
  return (
    <>
      <PageHeader
        title={draft.name.trim() || t('newName')}
        back={{ to: '/templates', label: t('title') }}
        extra={
          <span className="quiet" aria-live="polite">
            {dirty ? t('unsaved') : stored ? t('savedState') : t('notSavedYet')}
          </span>
        }
        actions={
          <>
            {stored && (
              <Suspense>
                <HistoryButton path={`/api/v1/templates/${stored.id}/revisions`} onRestore={restore} />
              </Suspense>
            )}
            <Button type="primary" icon={<SaveOutlined />} loading={busy} onClick={() => void save()}>
              {t('save')}
            </Button>
          </>
        }
      />
      <section className="panel template-fields">
        <div className="metered">
          <label htmlFor="template-name" className="metered-label">
            {t('name')}
          </label>
          <Input
            id="template-name"
            value={draft.name}
            maxLength={100}
            status={nameError ? 'error' : ''}
            aria-invalid={Boolean(nameError)}
            onChange={(event) => change({ name: event.target.value })}
          />
          {nameError && <div className="field-error">{nameError}</div>}
        </div>
        <SubjectFields id="template" value={draft} onChange={change} />
      </section>
      <ContentEditor value={contentOf(draft)} onChange={change} />
    </>
  );
}

interface SaveEvents {
  onSaved: (draft: Draft) => void;
  onTheirs: (draft: Draft) => void;
  onLeave: () => void;
}

/** Saving, with what can go wrong: a missing name, someone else's newer version. */
function useSave(stored: Template | null, draft: Draft, events: SaveEvents) {
  const { t } = useTranslation('templates');
  const { message } = App.useApp();
  const navigate = useNavigate();
  const report = useReport();
  const askOverwrite = useAskOverwrite();
  const version = useRef(stored?.version ?? 0);
  const [busy, setBusy] = useState(false);
  const [nameError, setNameError] = useState<string>();

  const write = async (): Promise<void> => {
    if (!stored) {
      const fresh = await answer(api.POST('/api/v1/templates', { body: draft }));
      events.onLeave();
      events.onSaved(draft);
      queryClient.setQueryData(['templates', fresh.id], fresh);
      void navigate(`/templates/${fresh.id}`, { replace: true });
    } else {
      const path = { id: stored.id };
      const body = { ...draft, version: version.current };
      const fresh = await answer(api.PATCH('/api/v1/templates/{id}', { params: { path }, body }));
      version.current = fresh.version;
      events.onSaved(draft);
    }
    message.success(t('savedState'));
    await queryClient.invalidateQueries({ queryKey: ['templates', 'list'] });
  };
  const save = async (): Promise<void> => {
    if (busy) return;
    if (!draft.name.trim()) {
      setNameError(t('nameMissing'));
      document.getElementById('template-name')?.focus();
      return;
    }
    setNameError(undefined);
    setBusy(true);
    try {
      await write();
    } catch (error) {
      if (!stored || !(error instanceof ApiError) || error.code !== 'STALE_VERSION') return report(error);
      const current =
        staleCurrent<Template>(error) ??
        (await answer(api.GET('/api/v1/templates/{id}', { params: { path: { id: stored.id } } })));
      version.current = current.version;
      if (await askOverwrite()) await write().catch(report);
      else events.onTheirs(pick(current));
    } finally {
      setBusy(false);
    }
  };
  const restore = async (revisionId: string): Promise<void> => {
    const fresh = await restoreTemplate(stored!.id, revisionId, version.current);
    version.current = fresh.version;
    events.onTheirs(pick(fresh));
  };
  return { save, restore, busy, nameError };
}

function pick({ name, subject, preheader, html, mjml, text, document }: Draft): Draft {
  return { name, subject, preheader, html, mjml, text, document };
}

function contentOf({ subject, preheader, html, mjml, text, document }: Draft): Content {
  return { subject, preheader, html, mjml, text, document };
}

function same(a: Draft, b: Draft): boolean {
  return (Object.keys(a) as (keyof Draft)[]).every((key) => a[key] === b[key]);
}
