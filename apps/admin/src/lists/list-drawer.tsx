import { Form, Input, Radio, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api/client.js';
import { queryClient } from '../api/query.js';
import type { BodyOf, Resource } from '../api/types.js';
import { FormDrawer } from '../components/form-drawer.js';

type List = Resource<'List'>;
type Body = BodyOf<'/api/v1/lists', 'post'>;

/** Creates a list, or edits `list`. */
export function ListDrawer({ open, list, onClose }: { open: boolean; list: List | undefined; onClose: () => void }) {
  const { t } = useTranslation('lists');
  const [form] = Form.useForm<Body>();
  const save = async (body: Body, version: number) => {
    if (list) {
      await answer(api.PATCH('/api/v1/lists/{id}', { params: { path: { id: list.id } }, body: { ...body, version } }));
    } else await answer(api.POST('/api/v1/lists', { body }));
    await queryClient.invalidateQueries({ queryKey: ['lists'] });
  };
  return (
    <FormDrawer<Body>
      name="list"
      title={list ? t('edit') : t('create')}
      open={open}
      onClose={onClose}
      form={form}
      initialValues={list ? pick(list) : { optIn: 'single', public: false }}
      submitLabel={list ? t('save') : t('create')}
      version={list?.version}
      onSubmit={save}
      fromCurrent={pick}
    >
      <Form.Item name="name" label={t('name')} rules={[{ required: true, whitespace: true }]}>
        <Input maxLength={100} autoFocus={!list} />
      </Form.Item>
      <Form.Item name="description" label={t('descriptionLabel')} extra={t('descriptionHelp')}>
        <Input.TextArea rows={2} maxLength={1000} />
      </Form.Item>
      <Form.Item name="optIn" label={t('optIn')}>
        <Radio.Group
          className="check-column"
          options={(['single', 'double'] as const).map((value) => ({
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
      <Form.Item name="public" label={t('public')} extra={t('publicHelp')} valuePropName="checked">
        <Switch />
      </Form.Item>
    </FormDrawer>
  );
}

function pick({ name, description, optIn, public: isPublic }: List): Body {
  return { name, description, optIn, public: isPublic };
}
