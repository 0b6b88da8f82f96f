import { ExportOutlined } from '@ant-design/icons';
import { Button, Input, Modal } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Resource } from '../api/types.js';
import { CopyField } from '../components/copy-field.js';

/** The address of a form's page, and the HTML that puts the form on another site. */
export function EmbedDialog({ form, onClose }: { form: Resource<'Form'> | null; onClose: () => void }) {
  const { t } = useTranslation('forms');
  const id = useId();
  return (
    <Modal
      open={form !== null}
      title={t('shareTitle', { name: form?.name ?? '' })}
      onCancel={onClose}
      footer={
        <Button icon={<ExportOutlined />} href={form?.url ?? ''} target="_blank" rel="noreferrer">
          {t('openPage')}
        </Button>
      }
    >
      {form && (
        <div className="stack">
          <p>{t('pageText')}</p>
          <CopyField value={form.url} label={t('pageLabel')} />
          <label htmlFor={id}>{t('embedText')}</label>
          <Input.TextArea
            id={id}
            className="mono"
            readOnly
            autoSize={{ minRows: 4, maxRows: 12 }}
            value={embedCode(form, t('email'), t('submit'))}
            onFocus={(event) => event.target.select()}
          />
        </div>
      )}
    </Modal>
  );
}

/** A plain HTML form; after it the person presses one button on our page, which tells people from programs. */
function embedCode({ url, fields, button }: Resource<'Form'>, email: string, submit: string): string {
  const inputs = fields.map(({ key, required }) => {
    const name = attribute(key);
    return `  <label>${key.replace(/^field:/, '')} <input name="${name}"${required ? ' required' : ''}></label>`;
  });
  return [
    `<form method="post" action="${attribute(url)}">`,
    `  <label>${email} <input type="email" name="email" required></label>`,
    ...inputs,
    `  <button>${text(button || submit)}</button>`,
    '</form>',
  ].join('\n');
}

const text = (value: string) => value.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const attribute = (value: string) => text(value).replaceAll('"', '&quot;');
