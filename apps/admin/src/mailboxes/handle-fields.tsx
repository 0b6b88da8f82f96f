import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { HANDLED_KINDS, type HandledKind, type Values } from './mailbox-values.js';

const ACTIONS = ['seen', 'keyword', 'move'] as const;

/** What is done in the mailbox with mail that was judged, by kind; without any line all of it stays as it is. */
export function HandleFields() {
  const { t } = useTranslation('mailboxes');
  return (
    <Form.Item label={t('handle.title')} extra={t('handle.help')}>
      <Form.List name={['keep', 'handle']}>
        {(lines, { add, remove }) => (
          <div className="stack">
            {lines.map(({ key, name }, index) => (
              <Line key={key} index={name} number={index + 1} onRemove={() => remove(name)} />
            ))}
            <span>
              <Button icon={<PlusOutlined />} onClick={() => add({ kinds: [], action: 'move' })}>
                {t('handle.add')}
              </Button>
            </span>
          </div>
        )}
      </Form.List>
    </Form.Item>
  );
}

function Line({ index, number, onRemove }: { index: number; number: number; onRemove: () => void }) {
  const { t } = useTranslation('mailboxes');
  const form = Form.useFormInstance<Values>();
  const lines = Form.useWatch(['keep', 'handle'], form) as Values['keep']['handle'] | undefined;
  const action = lines?.[index]?.action;
  const taken = new Set((lines ?? []).flatMap((line, at) => (at === index ? [] : (line?.kinds ?? []))));
  const label = (what: string) => t('handle.of', { what, number });
  return (
    <fieldset className="handle-line" aria-label={t('handle.line', { number })}>
      <Form.Item
        name={[index, 'kinds']}
        rules={[
          { required: true, type: 'array', min: 1, message: t('handle.kindsMissing') },
          {
            validator: (_, kinds: HandledKind[] = []) =>
              action === 'seen' && kinds.includes('reply')
                ? Promise.reject(new Error(t('handle.replySeen')))
                : Promise.resolve(),
          },
        ]}
        dependencies={[['keep', 'handle', index, 'action']]}
      >
        <Select
          mode="multiple"
          aria-label={label(t('handle.kinds'))}
          placeholder={t('handle.kinds')}
          options={HANDLED_KINDS.map((kind) => ({ value: kind, label: t(`kind.${kind}`), disabled: taken.has(kind) }))}
        />
      </Form.Item>
      <div className="handle-action">
        <Form.Item name={[index, 'action']}>
          <Select
            aria-label={label(t('handle.action.title'))}
            options={ACTIONS.map((value) => ({ value, label: t(`handle.action.${value}`) }))}
          />
        </Form.Item>
        {action === 'move' && (
          <Form.Item
            name={[index, 'folder']}
            rules={[
              { required: true, whitespace: true, message: t('handle.folderMissing') },
              {
                validator: (_, folder: string = '') =>
                  ((form.getFieldValue('folders') as string[] | undefined) ?? []).includes(folder.trim())
                    ? Promise.reject(new Error(t('handle.folderRead')))
                    : Promise.resolve(),
              },
            ]}
          >
            <Input maxLength={200} aria-label={label(t('handle.folder'))} placeholder={t('handle.folder')} />
          </Form.Item>
        )}
        <Button icon={<DeleteOutlined />} aria-label={t('handle.remove', { number })} onClick={onRemove} />
      </div>
    </fieldset>
  );
}
