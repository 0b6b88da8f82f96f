import { ExportOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Input, Modal } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldsQuery } from '../api/reference.js';
import type { Resource } from '../api/types.js';
import { CopyField } from '../components/copy-field.js';
import { embedCode } from './embed-code.js';

/** The address of a form's page, and the HTML that puts the form on another site. */
export function EmbedDialog({ form, onClose }: { form: Resource<'Form'> | null; onClose: () => void }) {
  const { t, i18n } = useTranslation('forms');
  const { data: fields } = useQuery(fieldsQuery);
  const id = useId();
  // The form has a language of its own, whoever copies it.
  const own = i18n.getFixedT(form?.locale ?? null, 'forms');
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
      {form && fields && (
        <div className="stack">
          <p>{t('pageText')}</p>
          <CopyField value={form.url} label={t('pageLabel')} />
          <p>
            <label htmlFor={id}>{t('embedText')}</label>
          </p>
          <Input.TextArea
            id={id}
            className="mono"
            readOnly
            autoSize={{ minRows: 4, maxRows: 12 }}
            value={embedCode(form, fields, { email: own('email'), name: own('fieldName'), submit: own('submit') })}
            onFocus={(event) => event.target.select()}
          />
        </div>
      )}
    </Modal>
  );
}
