import { Collapse, Form, Input, Radio, Select, Switch } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api/client.js';
import { queryClient } from '../api/query.js';
import { listsQuery } from '../api/reference.js';
import type { BodyOf, Resource } from '../api/types.js';
import { FormDrawer } from '../components/form-drawer.js';
import { FormFields } from './form-fields.js';

type SubscriptionForm = Resource<'Form'>;
type Body = BodyOf<'/api/v1/forms', 'post'>;

interface Props {
  open: boolean;
  /** Absent for a new form. */
  edited: SubscriptionForm | undefined;
  onClose: () => void;
  onCreated: (form: SubscriptionForm) => void;
}

/** Creates a subscription form, or edits one. Texts left empty are the usual ones of its language. */
export function FormEditor({ open, edited, onClose, onCreated }: Props) {
  const { t, i18n } = useTranslation('forms');
  const [form] = Form.useForm<Body>();
  const { data: lists } = useQuery(listsQuery);
  const save = async (body: Body, version: number) => {
    if (edited) {
      await answer(
        api.PATCH('/api/v1/forms/{id}', { params: { path: { id: edited.id } }, body: { ...body, version } }),
      );
    } else onCreated(await answer(api.POST('/api/v1/forms', { body })));
    await queryClient.invalidateQueries({ queryKey: ['forms'] });
  };
  const locale = i18n.language.startsWith('zh') ? 'zh-CN' : 'en';
  return (
    <FormDrawer<Body>
      name="form"
      title={edited ? t('edit') : t('create')}
      open={open}
      onClose={onClose}
      form={form}
      initialValues={
        edited ? pick(edited) : { enabled: true, locale, doubleOptIn: true, fields: [{ key: 'name', required: false }] }
      }
      submitLabel={edited ? t('save') : t('create')}
      version={edited?.version}
      onSubmit={save}
      fromCurrent={pick}
    >
      <Form.Item name="name" label={t('name')} extra={t('nameHelp')} rules={[{ required: true, whitespace: true }]}>
        <Input maxLength={100} autoFocus={!edited} />
      </Form.Item>
      <Form.Item name="lists" label={t('lists')} rules={[{ required: true, type: 'array', min: 1 }]}>
        <Select
          mode="multiple"
          options={(lists ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          showSearch={{ optionFilterProp: 'label' }}
          placeholder={t('listsPlaceholder')}
        />
      </Form.Item>
      <FormFields />
      <Form.Item name="doubleOptIn" label={t('optIn')}>
        <Radio.Group
          className="check-column"
          options={[true, false].map((value) => ({
            value,
            label: (
              <span>
                {t(`optInName.${value}`)}
                <span className="quiet block">{t(`optInHelp.${value}`)}</span>
              </span>
            ),
          }))}
        />
      </Form.Item>
      <Form.Item name="locale" label={t('locale')}>
        <Select
          options={[
            { value: 'zh-CN', label: '简体中文' },
            { value: 'en', label: 'English' },
          ]}
        />
      </Form.Item>
      <Collapse
        ghost
        items={[
          { key: 'texts', label: t('texts'), forceRender: true, children: <Texts /> },
          { key: 'sender', label: t('sender'), forceRender: true, children: <Sender /> },
        ]}
      />
      <Form.Item name="enabled" label={t('enabled')} extra={t('enabledHelp')} valuePropName="checked">
        <Switch />
      </Form.Item>
    </FormDrawer>
  );
}

function Texts() {
  const { t } = useTranslation('forms');
  return (
    <>
      <p className="quiet">{t('textsHelp')}</p>
      <Form.Item name="title" label={t('titleLabel')}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="intro" label={t('intro')}>
        <Input.TextArea rows={2} maxLength={1000} />
      </Form.Item>
      <Form.Item name="consent" label={t('consent')} extra={t('consentHelp')}>
        <Input.TextArea rows={2} maxLength={1000} />
      </Form.Item>
      <Form.Item name="button" label={t('button')}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="thanks" label={t('thanks')}>
        <Input.TextArea rows={2} maxLength={1000} />
      </Form.Item>
    </>
  );
}

function Sender() {
  const { t } = useTranslation('forms');
  return (
    <>
      <p className="quiet">{t('senderHelp')}</p>
      <Form.Item name={['from', 'name']} label={t('fromName')}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name={['from', 'address']} label={t('fromAddress')}>
        <Input maxLength={320} type="email" />
      </Form.Item>
    </>
  );
}

function pick(form: SubscriptionForm): Body {
  const {
    id: _id,
    version: _v,
    publicId: _p,
    url: _u,
    counts: _c,
    createdAt: _at,
    updatedAt: _changed,
    ...body
  } = form;
  return body;
}
