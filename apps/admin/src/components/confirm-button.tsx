import { App, Button, type ButtonProps } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useReport } from '../api/problem.js';

interface ConfirmButtonProps extends Omit<ButtonProps, 'onClick' | 'loading' | 'title'> {
  /** The question, naming the thing: "Delete the list VIP?". */
  question: string;
  /** What happens then. */
  consequence?: ReactNode;
  /** Label of the confirming button; the verb, not "OK". */
  confirm: string;
  /** Runs after "yes"; a failure is reported and the dialog stays open. */
  onConfirm: () => Promise<unknown>;
}

/** A button whose action is asked about first. Esc and "Cancel" leave everything as it is. */
export function ConfirmButton({ question, consequence, confirm, onConfirm, ...button }: ConfirmButtonProps) {
  const ask = useConfirm();
  const [busy, setBusy] = useState(false);
  return (
    <Button
      {...button}
      loading={busy}
      onClick={() => {
        ask({
          question,
          consequence,
          confirm,
          danger: button.danger ?? false,
          onConfirm: async () => {
            setBusy(true);
            try {
              await onConfirm();
            } finally {
              setBusy(false);
            }
          },
        });
      }}
    />
  );
}

interface Question {
  question: string;
  consequence?: ReactNode;
  confirm: string;
  /** Label of the button that leaves all as it is, where "Cancel" could be taken for the action itself. */
  keep?: string;
  danger?: boolean;
  onConfirm: () => Promise<unknown>;
}

/** The same dialog for menus: `const ask = useConfirm()`. */
export function useConfirm(): (question: Question) => void {
  const { t } = useTranslation('components');
  const { modal } = App.useApp();
  const report = useReport();
  return ({ question, consequence, confirm, keep, danger = true, onConfirm }) => {
    modal.confirm({
      title: question,
      content: consequence,
      okText: confirm,
      cancelText: keep ?? t('cancel'),
      okButtonProps: { danger },
      // Enter pressed twice must not delete.
      autoFocusButton: danger ? 'cancel' : 'ok',
      onOk: async () => {
        try {
          await onConfirm();
        } catch (error) {
          report(error);
          throw error;
        }
      },
    });
  };
}
