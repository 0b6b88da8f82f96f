import { App, Button, Drawer, Form, type FormInstance } from 'antd';
import { useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useReport } from '../api/problem.js';
import { useConfirm } from './confirm-button.js';
import { useFreshForm } from './use-fresh-form.js';
import { useNarrow } from './use-narrow.js';
import { staleCurrent, useAskOverwrite } from './use-stale.js';

interface FormDrawerProps<Values> {
  /** Prefix of the ids of its fields; unique on the page. */
  name: string;
  title: string;
  open: boolean;
  onClose: () => void;
  form: FormInstance<Values>;
  initialValues?: Partial<Values> | undefined;
  submitLabel: string;
  /** Version of what is edited; absent when creating. */
  version?: number | undefined;
  /** Sends the values. A refusal stays in the drawer with the errors at their fields. */
  onSubmit: (values: Values, version: number) => Promise<unknown>;
  /** Form values of the resource as someone else saved it, for "load theirs" after a stale write. */
  fromCurrent?: (current: never) => Partial<Values>;
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
  const askOverwrite = useAskOverwrite();
  const ready = useFreshForm(open);
  const newer = useRef<number | null>(null);
  const submit = async (values: Values) => {
    setBusy(true);
    try {
      await onSubmit(values, newer.current ?? props.version ?? 0);
      message.success(successText ?? t('saved'));
      onClose();
    } catch (error) {
      const current = staleCurrent(error);
      if (!current) return report(error, form);
      newer.current = current.version;
      if (await askOverwrite()) return await submit(values);
      form.setFieldsValue((props.fromCurrent?.(current as never) ?? current) as never);
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
      afterOpenChange={(isOpen) => {
        if (!isOpen) newer.current = null;
      }}
      footer={
        <div className="drawer-footer">
          <Button onClick={close}>{t('cancel')}</Button>
          <Button type="primary" loading={busy} onClick={() => form.submit()}>
            {submitLabel}
          </Button>
        </div>
      }
    >
      {ready && (
        <Form<Values>
          name={name}
          form={form}
          layout="vertical"
          clearOnDestroy
          initialValues={initialValues ?? {}}
          onFinish={(values) => void submit(values)}
        >
          {children}
          {/* Enter in a field submits only where the form has a submit button. */}
          <button type="submit" hidden aria-hidden="true" tabIndex={-1} />
        </Form>
      )}
    </Drawer>
  );
}
