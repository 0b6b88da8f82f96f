import { Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api/client.js';
import { FormDrawer } from '../components/form-drawer.js';
import { refreshSuppressions } from './refresh.js';

interface Values {
  address: string;
  note?: string;
  /** For how long; 0: for good. */
  days: number;
}
const DAYS = [0, 7, 30, 90, 365];

/** An address or a whole domain by hand. */
export function AddSuppression({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation('suppressions');
  const [form] = Form.useForm<Values>();
  const add = async ({ address, note, days }: Values) => {
    const expiresAt = days > 0 ? new Date(Date.now() + days * 86_400_000).toISOString() : null;
    await answer(
      api.POST('/api/v1/suppressions', {
        body: { address: address.trim(), reason: 'manual', note: note ?? '', expiresAt },
      }),
    );
    await refreshSuppressions();
  };
  return (
    <FormDrawer<Values>
      name="suppression"
      title={t('add')}
      open={open}
      onClose={onClose}
      form={form}
      initialValues={{ days: 0 }}
      submitLabel={t('add')}
      successText={t('addedDone')}
      onSubmit={add}
    >
      <Form.Item
        name="address"
        label={t('address')}
        extra={t('addressHelp')}
        rules={[{ required: true, whitespace: true }]}
      >
        <Input maxLength={320} autoFocus autoComplete="off" />
      </Form.Item>
      <Form.Item name="days" label={t('days')}>
        <Select
          options={DAYS.map((days) => ({
            value: days,
            label: days === 0 ? t('forGood') : t('forDays', { count: days }),
          }))}
        />
      </Form.Item>
      <Form.Item name="note" label={t('note')} extra={t('noteHelp')}>
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
    </FormDrawer>
  );
}
