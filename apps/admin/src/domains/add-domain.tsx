import { Collapse, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { answer, api } from '../api/client.js';
import { queryClient } from '../api/query.js';
import { FormDrawer } from '../components/form-drawer.js';

interface Values {
  domain: string;
  selector?: string;
  privateKey?: string;
}

/** Adds a domain and goes on to what has to be published for it. */
export function AddDomain({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation('domains');
  const [form] = Form.useForm<Values>();
  const navigate = useNavigate();
  const save = async ({ domain, selector, privateKey }: Values) => {
    const body = {
      domain,
      ...(selector?.trim() ? { selector: selector.trim() } : {}),
      ...(privateKey?.trim() ? { privateKey } : {}),
    };
    const { id } = await answer(api.POST('/api/v1/sending-domains', { body }));
    await queryClient.invalidateQueries({ queryKey: ['sending-domains'] });
    void navigate(`/settings/domains/${id}`);
  };
  return (
    <FormDrawer<Values>
      name="domain"
      title={t('create')}
      open={open}
      onClose={onClose}
      form={form}
      submitLabel={t('add')}
      successText={t('added')}
      onSubmit={save}
    >
      <Form.Item
        name="domain"
        label={t('domain')}
        extra={t('domainHelp')}
        rules={[{ required: true, whitespace: true }]}
      >
        <Input maxLength={253} autoFocus placeholder="example.com" autoComplete="off" />
      </Form.Item>
      <Collapse
        ghost
        className="drawer-more"
        items={[
          {
            key: 'key',
            label: t('ownKey'),
            forceRender: true,
            children: (
              <>
                <Form.Item name="selector" label={t('selector')} extra={t('selectorHelp')}>
                  <Input maxLength={63} placeholder="hy1" autoComplete="off" />
                </Form.Item>
                <Form.Item name="privateKey" label={t('privateKey')} extra={t('privateKeyHelp')}>
                  <Input.TextArea rows={4} maxLength={10_000} className="mono" autoComplete="off" />
                </Form.Item>
              </>
            ),
          },
        ]}
      />
    </FormDrawer>
  );
}
