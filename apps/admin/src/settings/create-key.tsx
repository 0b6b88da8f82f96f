import { Alert, Button, Checkbox, Form, Input, Modal, Select } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api/client.js';
import { queryClient } from '../api/query.js';
import type { BodyOf } from '../api/types.js';
import { CopyField } from '../components/copy-field.js';
import { FormDrawer } from '../components/form-drawer.js';

const SCOPES = ['admin', 'read', 'contacts', 'campaigns', 'messages'] as const;
const LIFETIMES = [0, 30, 90, 365] as const;

interface Values {
  name: string;
  scopes: BodyOf<'/api/v1/api-keys', 'post'>['scopes'];
  days: number;
}

/** Makes a key and then shows it, once, in a dialog that is closed on purpose only. */
export function CreateKey({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation('settings');
  const [form] = Form.useForm<Values>();
  const [secret, setSecret] = useState<string | null>(null);
  const create = async ({ name, scopes, days }: Values) => {
    const expiresAt = days ? dayjs().add(days, 'day').toISOString() : undefined;
    const { key } = await answer(api.POST('/api/v1/api-keys', { body: { name, scopes, expiresAt } }));
    await queryClient.invalidateQueries({ queryKey: ['api-keys'] });
    setSecret(key);
  };
  return (
    <>
      <FormDrawer<Values>
        name="api-key"
        title={t('keys.create')}
        open={open}
        onClose={onClose}
        form={form}
        initialValues={{ scopes: ['read'], days: 0 }}
        submitLabel={t('keys.create')}
        successText={t('keys.created')}
        onSubmit={create}
      >
        <Form.Item
          name="name"
          label={t('keys.name')}
          extra={t('keys.nameHelp')}
          rules={[{ required: true, whitespace: true }]}
        >
          <Input maxLength={100} autoFocus />
        </Form.Item>
        <Form.Item name="scopes" label={t('keys.scopes')} rules={[{ type: 'array', min: 1 }]}>
          <Checkbox.Group
            className="check-column"
            options={SCOPES.map((scope) => ({ value: scope, label: t(`keys.scopeHelp.${scope}`) }))}
          />
        </Form.Item>
        <Form.Item name="days" label={t('keys.expires')}>
          <Select
            options={LIFETIMES.map((days) => ({
              value: days,
              label: days ? t('keys.days', { count: days }) : t('keys.never'),
            }))}
          />
        </Form.Item>
      </FormDrawer>
      <Modal
        open={secret !== null}
        title={t('keys.created')}
        closable={false}
        mask={{ closable: false }}
        keyboard={false}
        footer={
          <Button type="primary" onClick={() => setSecret(null)}>
            {t('keys.kept')}
          </Button>
        }
      >
        <Alert type="warning" showIcon title={t('keys.once')} className="gap-below" />
        {secret && <CopyField value={secret} label={t('keys.title')} />}
      </Modal>
    </>
  );
}
