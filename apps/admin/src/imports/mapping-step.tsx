import { Alert, Button, Checkbox, Select, Table } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Resource } from '../api/types.js';
import { Bytes } from '../components/count.js';
import { useNarrow } from '../components/use-narrow.js';
import { NewField } from './new-field.js';
import { FirstRows } from './first-rows.js';
import { TargetSelect, mappingProblem } from './target-select.js';

type Preview = Resource<'ImportPreview'>;
/** How the file is read: found out by the server, corrected by the user. */
export type Format = Partial<Pick<Preview, 'encoding' | 'delimiter' | 'sheet' | 'hasHeader'>>;
/** Where each column goes; null leaves it out. */
export type Mapping = (string | null)[];

const ENCODINGS = ['utf-8', 'gb18030', 'big5', 'utf-16le', 'utf-16be'] as const;
const DELIMITERS = [',', ';', '\t', '|'] as const;

interface MappingStepProps {
  /** Size of the file. */
  bytes: number;
  preview: Preview;
  /** True while the file is read in another way. */
  reading: boolean;
  mapping: Mapping;
  onMapping: (mapping: Mapping) => void;
  onFormat: (change: Format) => void;
  onBack: () => void;
  onNext: () => Promise<void>;
}

/** Step 2: what each column is. The server has guessed; a wrong encoding or delimiter is mended here. */
export function MappingStep(props: MappingStepProps) {
  const { bytes, preview, reading, mapping, onMapping, onFormat, onBack, onNext } = props;
  const { t } = useTranslation('imports');
  const [busy, setBusy] = useState(false);
  const [creating, setCreating] = useState<number | null>(null);
  const [asked, setAsked] = useState(false);
  const problem = mappingProblem(mapping);
  const set = (index: number, target: string | null) =>
    onMapping(mapping.map((old, column) => (column === index ? target : old)));
  const nameOf = (index: number) => preview.columns[index]?.header || t('column', { number: index + 1 });
  return (
    <div className="stack gap-16">
      <p className="quiet no-margin">
        {t('mappingLead')} <Bytes value={bytes} />
      </p>
      <Reading preview={preview} busy={reading} onFormat={onFormat} />
      {preview.remembered && <Alert type="info" showIcon title={t('remembered')} />}
      <Columns
        columns={preview.columns.map(({ samples }, index) => ({ index, name: nameOf(index), samples }))}
        target={(index) => (
          <TargetSelect
            label={t('targetOf', { column: nameOf(index) })}
            value={mapping[index] ?? null}
            onChange={(target) => set(index, target)}
            onNewField={() => setCreating(index)}
          />
        )}
      />
      <FirstRows preview={preview} />
      {asked && problem && <Alert type="error" showIcon role="alert" title={t(`mappingProblem.${problem}`)} />}
      <div className="form-actions">
        <Button onClick={onBack}>{t('back')}</Button>
        <Button
          type="primary"
          loading={busy}
          onClick={() => {
            setAsked(true);
            if (problem) return;
            setBusy(true);
            void onNext().finally(() => setBusy(false));
          }}
        >
          {t('next')}
        </Button>
      </div>
      <NewField
        open={creating !== null}
        header={creating === null ? '' : nameOf(creating)}
        type={creating === null ? 'text' : preview.columns[creating]!.type}
        onClose={() => setCreating(null)}
        onCreated={(key) => set(creating!, `field:${key}`)}
      />
    </div>
  );
}

interface ColumnsProps {
  columns: { index: number; name: string; samples: string[] }[];
  target: (index: number) => ReactNode;
}

/** The columns of the file with samples and their targets: a table, or cards on narrow screens. */
function Columns({ columns, target }: ColumnsProps) {
  const { t } = useTranslation('imports');
  const narrow = useNarrow();
  const shown = (samples: string[]) => <span className="two-rows quiet samples">{samples.join(' · ') || '–'}</span>;
  if (narrow) {
    return (
      <ul className="card-list" aria-label={t('step.mapping')}>
        {columns.map(({ index, name, samples }) => (
          <li key={index} className="stack">
            <strong>{name}</strong>
            {shown(samples)}
            {target(index)}
          </li>
        ))}
      </ul>
    );
  }
  return (
    <div className="panel-table mapping">
      <Table
        aria-label={t('step.mapping')}
        size="medium"
        pagination={false}
        rowKey="index"
        dataSource={columns}
        columns={[
          { title: t('fileColumn'), key: 'name', render: (_, { name }) => <strong className="break">{name}</strong> },
          { title: t('samples'), key: 'samples', render: (_, { samples }) => shown(samples) },
          { title: t('target'), key: 'target', width: 260, render: (_, { index }) => target(index) },
        ]}
      />
    </div>
  );
}

interface ReadingProps {
  preview: Preview;
  busy: boolean;
  onFormat: (change: Format) => void;
}

/** What was found out about the file, to be corrected when the samples look wrong. */
function Reading({ preview, busy, onFormat }: ReadingProps) {
  const { t } = useTranslation('imports');
  return (
    <div className="reading">
      {preview.sheet !== null ? (
        <>
          <label htmlFor="sheet">{t('sheet')}</label>
          <Select
            id="sheet"
            value={preview.sheet}
            disabled={busy}
            popupMatchSelectWidth={false}
            options={preview.sheets.map((value) => ({ value, label: value }))}
            onChange={(sheet) => onFormat({ sheet })}
          />
        </>
      ) : (
        <>
          <label htmlFor="encoding">{t('encoding')}</label>
          <Select
            id="encoding"
            value={preview.encoding}
            disabled={busy}
            popupMatchSelectWidth={false}
            options={ENCODINGS.map((value) => ({ value, label: t(`encodingName.${value}`) }))}
            onChange={(encoding) => onFormat({ encoding })}
          />
          <label htmlFor="delimiter">{t('delimiter')}</label>
          <Select
            id="delimiter"
            value={preview.delimiter}
            disabled={busy}
            popupMatchSelectWidth={false}
            options={DELIMITERS.map((value, index) => ({ value, label: t(`delimiterName.${index}`) }))}
            onChange={(delimiter) => onFormat({ delimiter })}
          />
        </>
      )}
      <Checkbox
        checked={preview.hasHeader}
        disabled={busy}
        onChange={(event) => onFormat({ hasHeader: event.target.checked })}
      >
        {t('hasHeader')}
      </Checkbox>
      {preview.sheet === null && <span className="quiet">{t('readingHelp')}</span>}
    </div>
  );
}
