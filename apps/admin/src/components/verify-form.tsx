import { Button, Form } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useReport } from '../api/problem.js';
import type { Resource } from '../api/types.js';
import { faultField, type FieldName } from './verify-fault.js';
import { VerifySteps } from './verify-steps.js';
import './verify-steps.css';

type Result = Resource<'VerifyResult'>;

interface VerifyFormProps<Values> {
  label: string;
  /** True when no secret was typed and what is stored is tried in its place. */
  usesStored: (values: Values) => boolean;
  /** Tries the settings. */
  run: (values: Values, stored: boolean) => Promise<Result>;
}

/**
 * Tries the settings of the form it stands in. What went wrong is said step by step, and at the field that is to blame;
 * both go away with the next edit, since they are about settings that no longer stand there.
 */
export function VerifyForm<Values extends object>({ label, usesStored, run }: VerifyFormProps<Values>) {
  const { t } = useTranslation('words');
  const form = Form.useFormInstance<Values>();
  const values = Form.useWatch<Values>([], form);
  const report = useReport();
  const box = useRef<HTMLDivElement>(null);
  const marked = useRef<FieldName | null>(null);
  const [running, setRunning] = useState(false);
  const [stored, setStored] = useState(false);
  const [result, setResult] = useState<Result>();
  const forget = () => {
    setResult(undefined);
    setStored(false);
    if (marked.current) form.setFields([{ name: marked.current as never, errors: [] }]);
    marked.current = null;
  };
  useEffect(forget, [values, form]);
  useEffect(() => {
    if (!result) return;
    const place = box.current?.querySelector('.verify-step[data-ok="false"]') ?? box.current?.querySelector('.verify');
    place?.scrollIntoView({ block: 'nearest' });
    const fault = faultField(result.steps, (name) => Boolean(form.getFieldInstance(name as never)));
    if (!fault) return;
    const text = [t(`diagnosis.${fault.diagnosis}`), t(`remedy.${fault.diagnosis}`)].join(t('verify.colon'));
    const said = fault.detail && [t('verify.said'), fault.detail].join(t('verify.colon'));
    marked.current = fault.field;
    form.setFields([{ name: fault.field as never, errors: said ? [text, said] : [text] }]);
    form.scrollToField(fault.field as never, { block: 'center', focus: true });
  }, [result, form, t]);
  const verify = async () => {
    try {
      await form.validateFields();
    } catch {
      return;
    }
    const tried = form.getFieldsValue();
    const useStored = usesStored(tried);
    forget();
    setRunning(true);
    setStored(useStored);
    try {
      const found = await run(tried, useStored);
      // What was edited meanwhile was not tried.
      if (JSON.stringify(form.getFieldsValue()) === JSON.stringify(tried)) setResult(found);
    } catch (error) {
      report(error, form);
    } finally {
      setRunning(false);
    }
  };
  return (
    <div className="drawer-verify" ref={box}>
      <Button onClick={() => void verify()} loading={running}>
        {label}
      </Button>
      {stored && <p className="quiet small">{t('verify.savedOnly')}</p>}
      <VerifySteps result={result} running={running} />
    </div>
  );
}
