import { App, type FormInstance } from 'antd';
import { useState } from 'react';
import { useReport } from '../api/problem.js';

/** Saves a form of a page: says `said` afterwards; a refusal goes to the fields it names. `busy` is for the button. */
export function useFormSave<Values>(
  form: FormInstance,
  said: string,
  write: (values: Values) => Promise<unknown>,
): { busy: boolean; save: (values: Values) => void } {
  const { message } = App.useApp();
  const report = useReport();
  const [busy, setBusy] = useState(false);
  const save = async (values: Values) => {
    setBusy(true);
    try {
      await write(values);
      message.success(said);
    } catch (error) {
      report(error, form);
    } finally {
      setBusy(false);
    }
  };
  return { busy, save: (values) => void save(values) };
}
