import { Button, Form, InputNumber, Switch, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Resource } from '../api/types.js';
import { useReasonName } from '../words/index.js';
import type { Proposal } from './rule-preview.js';

type Row = Resource<'HygieneRow'>;
type Values = { enabled?: boolean } & Record<string, number | boolean | undefined>;

/** One row of the table: its reasons, what they do, and the numbers. */
export function RulePanel({ row, onPropose }: { row: Row; onPropose: (proposal: Proposal) => void }) {
  const { t } = useTranslation('hygiene');
  const reasonName = useReasonName();
  const [form] = Form.useForm<Values>();
  const values = Form.useWatch([], form);
  const numbers = Object.fromEntries(row.parameters.map(({ name, value }) => [name, value]));
  const initial: Values = { enabled: row.enabled, ...numbers };
  const changed = Object.keys(initial).some((name) => (values?.[name] ?? initial[name]) !== initial[name]);
  const defaults = row.parameters.every((one) => one.value === one.default) && row.enabled;
  const propose = (next: Values) => {
    const parameters = Object.fromEntries(row.parameters.map(({ name }) => [name, Number(next[name])]));
    onPropose({ row, setting: { enabled: next.enabled ?? true, parameters } });
  };
  const reset = () => {
    form.setFieldsValue({ enabled: true, ...Object.fromEntries(row.parameters.map((one) => [one.name, one.default])) });
  };
  return (
    <section className="panel" aria-labelledby={`rule-${row.rule}`}>
      <h2 id={`rule-${row.rule}`}>{t(`rule.${row.rule}.title`)}</h2>
      <p className="quiet">{t(`rule.${row.rule}.text`)}</p>
      <p>
        {row.reasons.map((reason) => (
          <Tag key={reason}>{reasonName(reason)}</Tag>
        ))}
      </p>
      {row.parameters.length > 0 && (
        <Form form={form} name={row.rule} layout="vertical" initialValues={initial} onFinish={propose}>
          <div className="form-row">
            {row.parameters.map(({ name, min, max, unit }) => (
              <Form.Item
                key={name}
                name={name}
                label={t(`rule.${row.rule}.${name}`)}
                rules={[{ required: true, type: 'integer', min, max, message: t('bounds', { min, max }) }]}
              >
                <InputNumber min={min} max={max} precision={0} suffix={t(`unit.${unit}`)} style={{ width: 180 }} />
              </Form.Item>
            ))}
            {row.optional && (
              <Form.Item name="enabled" label={t('enabled')} valuePropName="checked">
                <Switch />
              </Form.Item>
            )}
          </div>
          <div className="links">
            <Button type="primary" htmlType="submit" disabled={!changed}>
              {t('preview')}
            </Button>
            <Button disabled={defaults && !changed} onClick={reset}>
              {t('defaults')}
            </Button>
          </div>
        </Form>
      )}
    </section>
  );
}
