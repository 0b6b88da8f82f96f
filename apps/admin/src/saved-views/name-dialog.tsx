import { Form, Input, Modal, type InputRef } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useReport } from '../api/problem.js';
import { useFreshForm } from '../components/use-fresh-form.js';

const NAME_MAX = 80;

interface NameDialogProps {
  open: boolean;
  onClose: () => void;
  title: string;
  help?: string;
  initial: string;
  /** Names of the other views. */
  others: string[];
  /** Whether a name of these may be taken over, or is refused. */
  mayReplace: boolean;
  onName: (name: string) => Promise<void>;
}

/** Asks what a view is called. */
export function NameDialog(props: NameDialogProps) {
  const { open, onClose, title, help, initial, others, mayReplace, onName } = props;
  const { t } = useTranslation('savedViews');
  const { t: tc } = useTranslation('components');
  const [form] = Form.useForm<{ name: string }>();
  const [busy, setBusy] = useState(false);
  const report = useReport();
  const ready = useFreshForm(open);
  const field = useRef<InputRef>(null);
  const written = Form.useWatch('name', form)?.trim() ?? '';
  const isTaken = others.includes(written);
  const submit = async ({ name }: { name: string }) => {
    setBusy(true);
    try {
      await onName(name.trim());
      onClose();
    } catch (error) {
      report(error, form);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      open={open}
      title={title}
      width={440}
      onCancel={onClose}
      okText={tc('save')}
      cancelText={tc('cancel')}
      confirmLoading={busy}
      onOk={() => form.submit()}
      afterOpenChange={(isOpen) => isOpen && field.current?.focus({ cursor: 'all' })}
      destroyOnHidden
    >
      {ready && (
        <Form
          name="saved-view"
          form={form}
          layout="vertical"
          clearOnDestroy
          initialValues={{ name: initial }}
          onFinish={(values) => void submit(values)}
        >
          <Form.Item
            name="name"
            label={t('name')}
            extra={mayReplace && isTaken ? t('replaces') : help}
            rules={[
              { required: true, whitespace: true },
              {
                validator: (_, value: string) =>
                  !mayReplace && others.includes(value.trim())
                    ? Promise.reject(new Error(t('taken')))
                    : Promise.resolve(),
              },
            ]}
          >
            <Input ref={field} maxLength={NAME_MAX} autoComplete="off" />
          </Form.Item>
        </Form>
      )}
    </Modal>
  );
}
