import { App, Button, Drawer, Form, type FormInstance } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useReport } from '../api/problem.js';
import { useConfirm } from './confirm-button.js';
import { useNarrow } from './use-narrow.js';

interface FormDrawerProps<Values> {
  /** Prefix of the ids of its fields; unique on the page. */
  name: string;
  title: string;
  open: boolean;
  onClose: () => void;
  form: FormInstance<Values>;
  initialValues?: Partial<Values> | undefined;
  submitLabel: string;
  /** Sends the values. A refusal stays in the drawer with the errors at their fields. */
  onSubmit: (values: Values) => Promise<unknown>;
  /** Said after success; "Saved" by default. */
  successText?: string;
  children: ReactNode;
}

/** A form in a drawer: creating and editing without leaving the list. Closing with changes asks first. */
export function FormDrawer<Values extends object>(props: FormDrawerProps<Values>) {
  const { name, title, open, onClose, form, initialValues, submitLabel, onSubmit, successText, children } = props;
  const { t } = useTranslation('components');
  const { message } = App.useApp();
  const [busy, setBusy] = useState(false);
  const narrow = useNarrow();
  const report = useReport();
  const ask = useConfirm();
  const submit = async (values: Values) => {
    setBusy(true);
    try {
      await onSubmit(values);
      message.success(successText ?? t('saved'));
      onClose();
    } catch (error) {
      report(error, form);
    } finally {
      setBusy(false);
    }
  };
  const close = () => {
    if (!form.isFieldsTouched()) return onClose();
    ask({
      question: t('discard.question'),
      consequence: t('discard.text'),
      confirm: t('discard.confirm'),
      onConfirm: async () => onClose(),
    });
  };
  return (
    <Drawer
      title={title}
      open={open}
      onClose={close}
      size={narrow ? '100%' : 480}
      destroyOnHidden
      footer={
        <div className="drawer-footer">
          <Button onClick={close}>{t('cancel')}</Button>
          <Button type="primary" loading={busy} onClick={() => form.submit()}>
            {submitLabel}
          </Button>
        </div>
      }
    >
      <Form<Values>
        name={name}
        form={form}
        layout="vertical"
        preserve={false}
        initialValues={initialValues ?? {}}
        onFinish={(values) => void submit(values)}
      >
        {children}
        {/* Enter in a field submits only where the form has a submit button. */}
        <button type="submit" hidden aria-hidden="true" tabIndex={-1} />
      </Form>
    </Drawer>
  );
}
