import { useQuery } from '@tanstack/react-query';
import { Alert, AutoComplete, Button, Checkbox, Form, Radio, Select } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemText, useReport } from '../api/problem.js';
import { listsQuery, tagsQuery } from '../api/reference.js';
import { ListChoice } from './list-choice.js';

/** Options of an import besides the columns. */
export interface Rules {
  listId: string;
  existing: 'update' | 'skip' | 'fill';
  status: 'subscribed' | 'pending';
  tags: string[];
  consent: { source: string; at: string };
}

interface Values extends Omit<Rules, 'consent'> {
  source: string;
  agreed: boolean;
}

interface RulesStepProps {
  listId: string | null;
  onBack: () => void;
  onStart: (rules: Rules) => Promise<void>;
}

/** Step 3: which list, what happens to contacts that exist, and on what grounds these people get mail. */
export function RulesStep({ listId, onBack, onStart }: RulesStepProps) {
  const { t } = useTranslation('imports');
  const { t: problem } = useTranslation('problem');
  const [form] = Form.useForm<Values>();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const report = useReport();
  const tags = useQuery(tagsQuery).data ?? [];
  const lists = useQuery(listsQuery).data;
  const start = async ({ source, agreed: _, ...rules }: Values) => {
    setBusy(true);
    setFailure(null);
    try {
      await onStart({ ...rules, tags: rules.tags ?? [], consent: { source, at: new Date().toISOString() } });
    } catch (error) {
      setFailure(error);
      report(error, form);
    } finally {
      setBusy(false);
    }
  };
  const only = lists?.length === 1 ? lists[0]!.id : undefined;
  useEffect(() => {
    if (only && !form.getFieldValue('listId')) form.setFieldValue('listId', only);
  }, [only, form]);
  return (
    <Form<Values>
      name="rules"
      form={form}
      layout="vertical"
      className="form-panel"
      initialValues={{ listId: listId ?? undefined, existing: 'update', status: 'subscribed', tags: [] }}
      onFinish={(values) => void start(values)}
    >
      {failure !== null && (
        <Alert type="error" showIcon role="alert" title={problemText(failure, problem).title} className="gap-below" />
      )}
      <Form.Item name="listId" label={t('list')} rules={[{ required: true }]}>
        <ListChoice />
      </Form.Item>
      <Form.Item name="existing" label={t('existing')}>
        <Radio.Group
          className="check-column"
          options={(['update', 'fill', 'skip'] as const).map((value) => ({ value, label: t(`existingName.${value}`) }))}
        />
      </Form.Item>
      <Form.Item name="status" label={t('memberStatus')} extra={t('memberStatusHelp')}>
        <Radio.Group
          options={(['subscribed', 'pending'] as const).map((value) => ({ value, label: t(`statusName.${value}`) }))}
        />
      </Form.Item>
      <Form.Item name="tags" label={t('tags')} extra={t('tagsHelp')}>
        <Select mode="tags" maxCount={20} options={tags.map(({ name }) => ({ value: name, label: name }))} />
      </Form.Item>
      <Form.Item
        name="source"
        label={t('consentSource')}
        extra={t('consentHelp')}
        rules={[{ required: true, whitespace: true }]}
      >
        <AutoComplete
          maxLength={200}
          showSearch={{ filterOption: false }}
          options={[1, 2, 3, 4].map((number) => ({ value: t(`consentExample.${number}`) }))}
        />
      </Form.Item>
      <Form.Item
        name="agreed"
        valuePropName="checked"
        rules={[{ validator: (_, on) => (on ? Promise.resolve() : Promise.reject(new Error(t('agreeRule')))) }]}
      >
        <Checkbox>{t('agree')}</Checkbox>
      </Form.Item>
      <div className="form-actions">
        <Button onClick={onBack}>{t('back')}</Button>
        <Button type="primary" htmlType="submit" loading={busy}>
          {t('start')}
        </Button>
      </div>
    </Form>
  );
}
