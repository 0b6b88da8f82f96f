import { useMutation, useQuery } from '@tanstack/react-query';
import { App, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api/client.js';
import { useReport } from '../api/problem.js';
import { queryClient } from '../api/query.js';
import type { BodyOf } from '../api/types.js';
import { useSettled } from '../components/use-settled.js';
import { useReasonName } from '../words/index.js';
import { KINDS } from './kinds.js';
import { REASONS } from './reasons.js';

export type Phrase = BodyOf<'/api/v1/phrases', 'post'>;
const SHORTEST = 4;

/** Makes a rule of words: shown beforehand is what stored mail it would have hit, and what that is taken for today. */
export function PhraseDialog({ initial, onClose }: { initial: Phrase; onClose: () => void }) {
  const { t } = useTranslation('review');
  const { message } = App.useApp();
  const reasonName = useReasonName();
  const report = useReport();
  const [rule, setRule] = useState<Phrase>(initial);
  const isBounce = rule.kind === 'bounce';
  const add = useMutation({
    mutationFn: () => answer(api.POST('/api/v1/phrases', { body: rule })),
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: ['phrases'] });
      message.success(t('rules.added'));
      onClose();
    },
    onError: (error) => report(error),
  });
  return (
    <Modal
      open
      title={t('rules.new')}
      okText={t('rules.save')}
      cancelText={t('rules.cancel')}
      okButtonProps={{ disabled: rule.phrase.trim().length < SHORTEST }}
      confirmLoading={add.isPending}
      onOk={() => add.mutate()}
      onCancel={onClose}
    >
      <Form layout="vertical">
        <Form.Item label={t('rules.phrase')} htmlFor="phrase-words" extra={t('rules.phraseHelp')}>
          <Input.TextArea
            id="phrase-words"
            lang=""
            autoSize
            maxLength={200}
            value={rule.phrase}
            onChange={(event) => setRule({ ...rule, phrase: event.target.value })}
          />
        </Form.Item>
        <Form.Item label={t('decideAs')}>
          <Select
            aria-label={t('decideAs')}
            value={rule.kind}
            onChange={(kind) => setRule({ ...rule, kind })}
            options={KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
          />
        </Form.Item>
        {isBounce && (
          <Form.Item label={t('reason')}>
            <Select
              aria-label={t('reason')}
              value={rule.reason ?? 'undefined'}
              onChange={(reason) => setRule({ ...rule, reason })}
              options={REASONS.map((value) => ({ value, label: reasonName(value) }))}
            />
          </Form.Item>
        )}
      </Form>
      <Preview rule={rule} />
    </Modal>
  );
}

const PAUSE_MS = 400;

function Preview({ rule }: { rule: Phrase }) {
  const { t } = useTranslation('review');
  const reasonName = useReasonName();
  const settled = useSettled(rule, PAUSE_MS);
  const { data, error } = useQuery({
    queryKey: ['phrases', 'preview', settled],
    queryFn: () => answer(api.POST('/api/v1/phrases/preview', { body: settled })),
    enabled: settled.phrase.trim().length >= SHORTEST,
    retry: false,
  });
  return (
    <div role="status" className="review-preview">
      {error && <p className="quiet">{t('rules.tooShort')}</p>}
      {!error && data && (
        <>
          <p>{t('rules.hits', { count: data.hits, looked: data.lookedAt })}</p>
          <ul>
            {data.today.map(({ kind, reason, count }) => (
              <li key={`${kind} ${reason}`}>
                {t('rules.today', { count, kind: t(`kind.${kind}`) })} {reason && `(${reasonName(reason)})`}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
