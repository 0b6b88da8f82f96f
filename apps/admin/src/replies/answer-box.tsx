import { useMutation } from '@tanstack/react-query';
import { Button, Input, Space } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/api-error.js';
import { answer, api } from '../api/client.js';
import { useReport } from '../api/problem.js';
import { queryClient } from '../api/query.js';
import { useLeaveGuard } from '../components/use-leave-guard.js';
import type { Thread } from './tags.js';

/** One a press of the button; the same for its repetitions, so that a lost answer of the API sends nothing twice. */
const newKey = () => `answer-${Date.now()}-${Math.random().toString(36).slice(2)}`;

/** Writes back: Ctrl+Enter sends. */
export function AnswerBox({ thread }: { thread: Thread }) {
  const { t } = useTranslation('replies');
  const report = useReport();
  const [text, setText] = useState('');
  const key = useRef(newKey());
  const { id } = thread;
  const last = thread.answers.at(-1)?.id ?? null;
  // The last answer there was when the writing began: one of a colleague since then is to be seen first.
  const seen = useRef(last);
  const send = useMutation({
    mutationFn: (done: boolean) =>
      answer(
        api.POST('/api/v1/replies/{id}/answers', {
          params: { path: { id } },
          body: { text, done, lastAnswerId: seen.current },
          headers: { 'Idempotency-Key': key.current },
        }),
      ),
    onSuccess: (fresh) => {
      key.current = newKey();
      setText('');
      queryClient.setQueryData(['replies', id], fresh);
      void queryClient.invalidateQueries({ queryKey: ['replies', 'list'] });
    },
    onError: async (error) => {
      report(error);
      if (!(error instanceof ApiError) || error.code !== 'ANSWERED_MEANWHILE') return;
      key.current = newKey();
      const fresh = await answer(api.GET('/api/v1/replies/{id}', { params: { path: { id } } }));
      seen.current = fresh.answers.at(-1)?.id ?? null;
      queryClient.setQueryData(['replies', id], fresh);
    },
  });
  useLeaveGuard(text.trim() !== '');
  const change = (value: string) => {
    // Other words are another answer.
    key.current = newKey();
    if (text.trim() === '') seen.current = last;
    setText(value);
  };
  const ready = text.trim() !== '' && !send.isPending;
  return (
    <form
      className="panel reply-box"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) send.mutate(false);
      }}
    >
      <label htmlFor="reply-answer">
        <strong>{t('answerTo', { name: thread.name || thread.address })}</strong>
      </label>
      <Input.TextArea
        id="reply-answer"
        value={text}
        autoSize={{ minRows: 4, maxRows: 16 }}
        maxLength={100_000}
        onChange={(event) => change(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || !ready) return;
          event.preventDefault();
          send.mutate(false);
        }}
      />
      <div className="spread">
        <span className="quiet small">{t('answerHelp.box')}</span>
        <Space wrap>
          <Button disabled={!ready} onClick={() => send.mutate(true)}>
            {t('sendDone')}
          </Button>
          <Button type="primary" htmlType="submit" disabled={!ready} loading={send.isPending}>
            {t('send')}
          </Button>
        </Space>
      </div>
    </form>
  );
}
