import { SaveOutlined } from '@ant-design/icons';
import { Alert, Button, Input } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { describeRule } from '#engine/segment-query';
import type { FieldProblem } from '../api/api-error.js';
import { fieldText } from '../api/problem.js';
import { currentLocale } from '../i18n/i18n.js';
import { LinkButton } from '../components/link-button.js';
import { PageHeader } from '../components/page-header.js';
import { useLeaveGuard } from '../components/use-leave-guard.js';
import { useSaveKey } from '../components/use-save-key.js';
import { PreviewPanel, usePreview } from './preview-panel.js';
import { RuleContext } from './rule-context.js';
import { RuleGroup } from './rule-group.js';
import { incompletePaths, replaceAt, serverPath, type Path } from './rule-tree.js';
import { SegmentUses } from './segment-uses.js';
import { useReferences, useRuleNames } from './use-names.js';
import { useSaveSegment, type Segment, type SegmentDraft } from './use-save-segment.js';
import './segments.css';

/** Name and rule of a segment beside the live count of whom it finds; without `stored` it is a new one. */
export function SegmentEditor({ initial, stored }: { initial: SegmentDraft; stored?: Segment }) {
  const { t } = useTranslation('segments');
  const [draft, setDraft] = useState(initial);
  const [saved, setSaved] = useState(initial);
  const [tried, setTried] = useState(false);
  const leaving = useRef(false);
  const references = useReferences();
  const names = useRuleNames(references);
  const { rule } = draft;
  const missing = incompletePaths(rule.root);
  const complete = missing.length === 0;
  const preview = usePreview(rule, complete);
  const dirty = JSON.stringify(draft) !== JSON.stringify(saved);
  const saving = useSaveSegment(stored, draft, {
    onSaved: setSaved,
    onTheirs: (theirs) => {
      setDraft(theirs);
      setSaved(theirs);
    },
    onLeave: () => {
      leaving.current = true;
    },
  });
  useLeaveGuard(dirty, leaving);
  const change = (part: Partial<SegmentDraft>) => setDraft((old) => ({ ...old, ...part }));
  const save = () => {
    setTried(true);
    if (complete) void saving.save();
  };
  useSaveKey(save);
  const problemText = useProblemText();
  const problems: FieldProblem[] = [...saving.errors, ...(preview.data?.problems ?? []), ...preview.fieldErrors];
  const errorAt = (path: Path) => {
    const here = serverPath(path);
    // Of the rows only: what is wrong inside of a group is said at the row itself.
    const found = problems.find(
      ({ property }) => property.startsWith(`${here}.`) && !/^of\.\d/.test(property.slice(here.length + 1)),
    );
    if (found) return problemText(found);
    const lacks = missing.some((each) => each.join('.') === path.join('.'));
    return tried && lacks
      ? t(path.length === 0 || rule.root.of.length === 0 ? 'noConditions' : 'valueMissing')
      : undefined;
  };
  return (
    <>
      <PageHeader
        title={draft.name.trim() || t('newName')}
        back={{ to: '/segments', label: t('title') }}
        extra={
          <span className="quiet" aria-live="polite">
            {dirty ? t('unsaved') : stored ? t('savedState') : t('notSavedYet')}
          </span>
        }
        actions={
          <>
            {stored && <LinkButton to={`/contacts?segment=${stored.id}`}>{t('showContacts')}</LinkButton>}
            <Button type="primary" icon={<SaveOutlined />} loading={saving.busy} onClick={save}>
              {t('save')}
            </Button>
          </>
        }
      />
      <div className="segment-layout">
        <div>
          <section className="panel segment-fields">
            <div>
              <label htmlFor="segment-name">{t('name')}</label>
              <Input
                id="segment-name"
                value={draft.name}
                maxLength={100}
                status={saving.nameError ? 'error' : ''}
                aria-invalid={Boolean(saving.nameError)}
                onChange={(event) => {
                  saving.forgetNameError();
                  change({ name: event.target.value });
                }}
              />
              {saving.nameError && <div className="field-error">{saving.nameError}</div>}
            </div>
            <div>
              <label htmlFor="segment-description">{t('description')}</label>
              <Input
                id="segment-description"
                value={draft.description}
                maxLength={1000}
                onChange={(event) => change({ description: event.target.value })}
              />
            </div>
          </section>
          <section className="panel" aria-label={t('rule')}>
            <h2>{t('rule')}</h2>
            {stored && stored.problems.length > 0 && !dirty && (
              <Alert type="error" showIcon className="gap-below" title={t('broken')} description={t('brokenText')} />
            )}
            <RuleContext.Provider
              value={{
                references,
                errorAt,
                change: (path, node) =>
                  setDraft((old) => ({ ...old, rule: { ...old.rule, root: replaceAt(old.rule.root, path, node) } })),
              }}
            >
              <RuleGroup group={rule.root} path={[]} />
            </RuleContext.Provider>
          </section>
          {stored && <SegmentUses id={stored.id} total={stored.usedBy} />}
        </div>
        <PreviewPanel
          preview={preview}
          complete={complete}
          sentence={rule.root.of.length > 0 && complete ? describeRule(rule, names, currentLocale()) : null}
        />
      </div>
    </>
  );
}

/** What is wrong with a row, in the user's language. */
function useProblemText(): (problem: FieldProblem) => string {
  const { t, i18n } = useTranslation('segments');
  const { t: problemWords } = useTranslation('problem');
  return (problem) =>
    i18n.exists(`segments:problem.${problem.code}`)
      ? t(`problem.${problem.code}`, { ...problem.params })
      : fieldText(problem, problemWords);
}
