import { Alert, Form, Input, Upload } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { upload } from '../api/client.js';
import type { Resource } from '../api/types.js';
import { FormDrawer } from '../components/form-drawer.js';
import { refreshSuppressions } from './refresh.js';

type Result = Resource<'SuppressionImport'>;
const SHOWN = 10;

/** Addresses and domains from a file, or as pasted lines. */
export function ImportSuppressions(props: { open: boolean; onClose: () => void; onDone: (result: Result) => void }) {
  const { open, onClose, onDone } = props;
  const { t } = useTranslation('suppressions');
  const [form] = Form.useForm<{ lines?: string; note?: string }>();
  const [file, setFile] = useState<File>();
  const send = async ({ lines, note }: { lines?: string; note?: string }) => {
    const chosen = file ?? new File([lines ?? ''], 'lines.txt', { type: 'text/plain' });
    onDone(await upload<Result>('/api/v1/suppressions/import', chosen, { note: note ?? '' }));
    setFile(undefined);
    await refreshSuppressions();
  };
  return (
    <FormDrawer<{ lines?: string; note?: string }>
      name="suppressions-import"
      title={t('importTitle')}
      open={open}
      onClose={onClose}
      form={form}
      submitLabel={t('import')}
      successText={t('importDone')}
      onSubmit={send}
    >
      <p className="quiet">{t('importHelp')}</p>
      <Upload.Dragger
        accept=".csv,.tsv,.txt,text/csv,text/plain"
        multiple={false}
        maxCount={1}
        fileList={file ? [{ uid: '1', name: file.name }] : []}
        onRemove={() => setFile(undefined)}
        beforeUpload={(chosen) => {
          setFile(chosen);
          return false;
        }}
      >
        <p>{t('drop')}</p>
      </Upload.Dragger>
      <Form.Item
        name="lines"
        label={t('lines')}
        style={{ marginTop: 16 }}
        rules={[{ required: !file, whitespace: true }]}
      >
        <Input.TextArea
          rows={6}
          className="mono"
          maxLength={500_000}
          disabled={file !== undefined}
          placeholder={t('linesExample')}
        />
      </Form.Item>
      <Form.Item name="note" label={t('note')} extra={t('importNoteHelp')}>
        <Input maxLength={500} />
      </Form.Item>
    </FormDrawer>
  );
}

/** What came of it, with the lines that could not be taken. */
export function ImportResult({ result, onClose }: { result: Result; onClose: () => void }) {
  const { t, i18n } = useTranslation('suppressions');
  const { added, known, invalid, errors } = result;
  const why = ({ code, message }: Result['errors'][number]) =>
    i18n.exists(`problem:field.${code}`)
      ? t(`problem:field.${code}`)
      : i18n.language === 'en'
        ? message
        : t('lineInvalid');
  return (
    <Alert
      type={invalid > 0 ? 'warning' : 'success'}
      showIcon
      closable={{ onClose }}
      role="status"
      style={{ marginBottom: 16 }}
      title={t('importResult', { added, known, invalid })}
      description={
        errors.length > 0 && (
          <ul className="plain-list">
            {errors.slice(0, SHOWN).map((error) => (
              <li key={error.line} className="break">
                {t('line', { line: error.line })} <code>{error.value}</code> {why(error)}
              </li>
            ))}
            {invalid > SHOWN && <li>{t('more', { count: invalid - Math.min(SHOWN, errors.length) })}</li>}
          </ul>
        )
      }
    />
  );
}
