import { Alert, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api/client.js';
import type { Resource } from '../api/types.js';
import { FormDrawer } from '../components/form-drawer.js';
import { refreshSuppressions } from './refresh.js';

type Suppression = Pick<Resource<'Suppression'>, 'id' | 'address' | 'reason'>;

/** Lets an address or domain be mailed again; the note goes into the audit log. */
export function LiftSuppression({
  suppression,
  onClose,
}: {
  suppression: Suppression | undefined;
  onClose: () => void;
}) {
  const { t } = useTranslation('suppressions');
  const [form] = Form.useForm<{ note: string }>();
  const harmless = suppression && ['manual', 'backed_off', 'quarantined'].includes(suppression.reason);
  return (
    <FormDrawer<{ note: string }>
      name="lift"
      title={t('liftTitle', { address: suppression?.address })}
      open={suppression !== undefined}
      onClose={onClose}
      form={form}
      submitLabel={t('lift')}
      successText={t('lifted')}
      onSubmit={async ({ note }) => {
        await answer(
          api.POST('/api/v1/suppressions/{id}/lift', { params: { path: { id: suppression!.id } }, body: { note } }),
        );
        await refreshSuppressions();
      }}
    >
      <Alert
        type={harmless ? 'info' : 'warning'}
        showIcon
        title={t(harmless ? 'liftText' : 'liftTextEvidence')}
        style={{ marginBottom: 16 }}
      />
      <Form.Item name="note" label={t('note')} extra={t('liftNoteHelp')} rules={[{ required: true, whitespace: true }]}>
        <Input.TextArea rows={3} maxLength={500} autoFocus />
      </Form.Item>
    </FormDrawer>
  );
}
