import { Alert, Button, Tabs } from 'antd';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useConfirm } from '../components/confirm-button.js';
import { useNarrow } from '../components/use-narrow.js';
import { CodeEditor, type CodeHandle } from './code-editor.js';
import type { LineMarks } from './code-view.js';
import { formatOf, sourceOf, type BodyFormat, type Content, type Problem } from './content.js';
import './editor.css';
import { ImagePicker, imageMarkup } from './image-picker.js';
import { PreviewPane } from './preview-pane.js';
import { ProblemsPanel } from './problems-panel.js';
import { usePreview } from './use-preview.js';
import { VariableMenu } from './variable-menu.js';

interface ContentEditorProps {
  value: Content;
  onChange: (change: Partial<Content>) => void;
}

/** The mail itself: its source on one side, the mail as it will arrive on the other, and what is wrong below. */
export function ContentEditor({ value, onChange }: ContentEditorProps) {
  const { t } = useTranslation('editor');
  const narrow = useNarrow();
  const [tab, setTab] = useState<BodyFormat>(() => formatOf(value));
  const [contactId, setContactId] = useState<string>();
  const code = useRef<CodeHandle>(null);
  const preview = usePreview(value, contactId);
  const problems = useMemo(() => preview.data?.problems ?? [], [preview.data]);
  const marks = useMemo(() => marksOf(problems, tab), [problems, tab]);
  const jump = (property: string, line: number | undefined) => {
    if (property === 'subject' || property === 'preheader') {
      document.querySelector<HTMLElement>(`[id$="-${property}"]`)?.focus();
      return;
    }
    if (property === 'html' || property === 'mjml' || property === 'text') setTab(property);
    // The tab's text stands in the editor only after the next frame.
    requestAnimationFrame(() => requestAnimationFrame(() => code.current?.goToLine(line ?? 1)));
  };
  const other = tab === 'html' ? 'mjml' : 'html';
  const blocked = tab !== 'text' && value[other] !== null;
  const editor = (
    <section className="source" aria-label={t('source')}>
      <div className="source-bar">
        <Tabs
          activeKey={tab}
          onChange={(key) => setTab(key as BodyFormat)}
          items={(['html', 'mjml', 'text'] as const).map((key) => ({ key, label: t(`format.${key}`) }))}
        />
        <div className="source-tools">
          <VariableMenu onInsert={(tag) => code.current?.insert(tag)} />
          {tab !== 'text' && (
            <ImagePicker onInsert={(image, alt) => code.current?.insert(imageMarkup(image, alt, tab))} />
          )}
        </div>
      </div>
      {tab === 'text' && <TextNote value={value} generated={preview.data?.text} onChange={onChange} />}
      {blocked ? (
        <Switchover value={value} to={tab} onChange={onChange} onBack={() => setTab(other)} />
      ) : (
        <CodeEditor
          ref={code}
          value={sourceOf(value, tab)}
          format={tab}
          label={t(`format.${tab}`)}
          marks={marks}
          onChange={(text) => onChange({ [tab]: text === '' && tab === 'text' ? null : text })}
        />
      )}
      <ProblemsPanel problems={problems} onJump={jump} />
    </section>
  );
  const shown = (
    <PreviewPane
      preview={preview.data}
      error={preview.error}
      onRetry={() => void preview.refetch()}
      settling={preview.settling}
      contactId={contactId}
      onContact={setContactId}
    />
  );
  return (
    <div className="content-editor" data-narrow={narrow}>
      {editor}
      {shown}
    </div>
  );
}

/** Says where the text version comes from, and lets one take it over. */
function TextNote({
  value,
  generated,
  onChange,
}: {
  value: Content;
  generated: string | undefined;
  onChange: (change: Partial<Content>) => void;
}) {
  const { t } = useTranslation('editor');
  const ask = useConfirm();
  const hasHtml = value.html !== null || value.mjml !== null;
  if (!hasHtml) return <Alert type="info" showIcon title={t('text.only')} className="source-note" />;
  if (value.text === null) {
    return (
      <Alert
        type="info"
        showIcon
        title={t('text.generated')}
        className="source-note"
        action={
          <Button size="small" disabled={!generated} onClick={() => onChange({ text: generated ?? '' })}>
            {t('text.takeOver')}
          </Button>
        }
      />
    );
  }
  const back = () =>
    ask({
      question: t('text.backQuestion'),
      consequence: t('text.backText'),
      confirm: t('text.back'),
      onConfirm: async () => onChange({ text: null }),
    });
  return (
    <Alert
      type="info"
      showIcon
      title={t('text.own')}
      className="source-note"
      action={
        <Button size="small" onClick={back}>
          {t('text.back')}
        </Button>
      }
    />
  );
}

/** A mail is HTML or MJML, never both: changing over throws the other away, so it is asked about. */
function Switchover({
  value,
  to,
  onChange,
  onBack,
}: {
  value: Content;
  to: 'html' | 'mjml';
  onChange: (change: Partial<Content>) => void;
  onBack: () => void;
}) {
  const { t } = useTranslation('editor');
  const ask = useConfirm();
  const from = to === 'html' ? 'mjml' : 'html';
  const change = () => onChange({ [from]: null, [to]: to === 'mjml' ? EMPTY_MJML : '' });
  const confirm = () => {
    if (!value[from]?.trim()) return change();
    ask({
      question: t('switch.question', { to: t(`format.${to}`) }),
      consequence: t('switch.text', { from: t(`format.${from}`) }),
      confirm: t('switch.confirm'),
      onConfirm: async () => change(),
    });
  };
  return (
    <div className="switchover">
      <h3>{t('switch.title', { from: t(`format.${from}`) })}</h3>
      <p className="quiet">{t(`switch.about.${to}`)}</p>
      <div className="row-actions">
        <Button onClick={onBack}>{t('switch.stay', { from: t(`format.${from}`) })}</Button>
        <Button onClick={confirm}>{t('switch.go', { to: t(`format.${to}`) })}</Button>
      </div>
    </div>
  );
}

const EMPTY_MJML = `<mjml>
  <mj-body>
    <mj-section>
      <mj-column>
        <mj-text></mj-text>
      </mj-column>
    </mj-section>
  </mj-body>
</mjml>
`;

function marksOf(problems: Problem[], format: BodyFormat): LineMarks {
  const marks: LineMarks = new Map();
  for (const { property, line, severity } of problems) {
    if (property !== format || !line) continue;
    if (marks.get(line) !== 'error') marks.set(line, severity);
  }
  return marks;
}
