import { useQuery } from '@tanstack/react-query';
import { Alert, AutoComplete, Button, Checkbox, Form, Radio, Select } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/api-error.js';
import { fieldText, problemText, useReport } from '../api/problem.js';
import { listsQuery, tagsQuery } from '../api/reference.js';
import type { Resource } from '../api/types.js';
import { CheckPanel } from './check-panel.js';
import { ListChoice, createList, type ListChoiceValue } from './list-choice.js';

/** Options of an import besides the columns. */
export interface Rules {
  listId: string;
  existing: 'update' | 'skip' | 'fill';
  eraseEmpty: boolean;
  status: 'subscribed' | 'pending';
  tags: string[];
  risky: 'take' | 'skip' | 'tag';
  consent: { source: string; at: string };
}

interface Values extends Omit<Rules, 'consent' | 'listId'> {
  list: ListChoiceValue;
  source: string;
  agreed: boolean;
}

interface RulesStepProps {
  job: Resource<'Import'>;
  listId: string | null;
  /** Has the file compared with a list that exists. */
  onList: (listId: string) => Promise<void>;
  onBack: () => void;
  onStart: (rules: Rules) => Promise<void>;
}

/** Step 3: what the check found; which list, what happens to contacts that exist, and on what grounds these people get mail. */
export function RulesStep({ job, listId, onList, onBack, onStart }: RulesStepProps) {
  const { t } = useTranslation('imports');
  const { t: problem } = useTranslation('problem');
  const [form] = Form.useForm<Values>();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const report = useReport();
  const tags = useQuery(tagsQuery).data ?? [];
  const lists = useQuery(listsQuery).data;
  /** The list to import to, made when only its name was typed; null when that was refused, which its field says. */
  const listOf = async (choice: ListChoiceValue): Promise<string | null> => {
    if ('id' in choice) return choice.id;
    try {
      const made = await createList(choice.name);
      form.setFieldValue('list', made);
      return made.id;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const first = error.errors[0];
      const text = first ? fieldText(first, problem) : problemText(error, problem).title;
      form.setFields([{ name: 'list', errors: [text] }]);
      form.scrollToField('list', { focus: true, block: 'center' });
      return null;
    }
  };
  const start = async ({ source, agreed: _, list, ...rules }: Values) => {
    setBusy(true);
    setFailure(null);
    try {
      const listId = await listOf(list);
      if (listId === null) return;
      const eraseEmpty = rules.existing === 'update' && rules.eraseEmpty;
      await onStart({
        ...rules,
        eraseEmpty,
        listId,
        tags: rules.tags ?? [],
        consent: { source, at: new Date().toISOString() },
      });
    } catch (error) {
      setFailure(error);
      report(error, form);
    } finally {
      setBusy(false);
    }
  };
  const only = lists?.length === 1 ? lists[0]!.id : undefined;
  useEffect(() => {
    if (only && !form.getFieldValue('list')) form.setFieldValue('list', { id: only });
  }, [only, form]);
  const chosen = Form.useWatch('list', form);
  const chosenId = chosen && 'id' in chosen ? chosen.id : null;
  const existing = Form.useWatch('existing', form);
  useEffect(() => {
    if (chosenId && chosenId !== job.listId) onList(chosenId).catch((error: unknown) => report(error));
    // Only another choice is a reason to compare again.
  }, [chosenId]);
  const check = job.status === 'checked' ? job.check : null;
  const effect = { update: check?.changed, fill: check?.filled, skip: undefined };
  return (
    <>
      <CheckPanel job={job} />
      <Form<Values>
        name="rules"
        form={form}
        layout="vertical"
        className="form-panel"
        initialValues={{
          list: listId ? { id: listId } : undefined,
          existing: 'update',
          eraseEmpty: false,
          status: 'subscribed',
          tags: [],
          risky: 'take',
        }}
        onFinish={(values) => void start(values)}
      >
        {failure !== null && (
          <Alert type="error" showIcon role="alert" title={problemText(failure, problem).title} className="gap-below" />
        )}
        <Form.Item
          name="list"
          label={t('list')}
          required
          rules={[
            {
              validator: (_, choice?: ListChoiceValue) =>
                choice && ('id' in choice || choice.name.trim())
                  ? Promise.resolve()
                  : Promise.reject(new Error(t('listRequired'))),
            },
          ]}
        >
          <ListChoice />
        </Form.Item>
        <Form.Item name="existing" label={t('existing')}>
          <Radio.Group
            className="check-column"
            options={(['update', 'fill', 'skip'] as const).map((value) => ({
              value,
              label: (
                <>
                  {t(`existingName.${value}`)}{' '}
                  {effect[value] !== undefined && (
                    <span className="quiet">{t('effect', { count: effect[value] })}</span>
                  )}
                </>
              ),
            }))}
          />
        </Form.Item>
        <Form.Item name="eraseEmpty" valuePropName="checked" hidden={existing !== 'update'}>
          <Checkbox>{t('eraseEmpty')}</Checkbox>
        </Form.Item>
        <Form.Item name="status" label={t('memberStatus')} extra={t('memberStatusHelp')}>
          <Radio.Group
            options={(['subscribed', 'pending'] as const).map((value) => ({ value, label: t(`statusName.${value}`) }))}
          />
        </Form.Item>
        <Form.Item name="risky" label={t('risky')} extra={t('riskyHelp')}>
          <Radio.Group
            className="check-column"
            options={(['take', 'tag', 'skip'] as const).map((value) => ({ value, label: t(`riskyName.${value}`) }))}
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
          {/* Above the field: below it lie the consent and the buttons, which come next. */}
          <AutoComplete
            placement="topLeft"
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
          <Button type="primary" htmlType="submit" loading={busy} disabled={job.status !== 'checked'}>
            {job.status === 'checking' ? t('checking') : t('start')}
          </Button>
        </div>
      </Form>
    </>
  );
}
