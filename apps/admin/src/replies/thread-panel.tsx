import { useMutation } from '@tanstack/react-query';
import { Button, Input, Segmented, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api/client.js';
import { useReport } from '../api/problem.js';
import { queryClient } from '../api/query.js';
import type { BodyOf } from '../api/types.js';
import { STATES, type Thread } from './tags.js';

type Changes = Omit<BodyOf<'/api/v1/replies/{id}', 'patch'>, 'version'>;
const NOBODY = '';

/** State, who takes care of it, and a note for colleagues. */
export function ThreadPanel({ thread }: { thread: Thread }) {
  const { t } = useTranslation('replies');
  const report = useReport();
  const [note, setNote] = useState(thread.note);
  const { id, version, state, assignee, people } = thread;
  const save = useMutation({
    mutationFn: (changes: Changes) =>
      answer(api.PATCH('/api/v1/replies/{id}', { params: { path: { id } }, body: { version, ...changes } })),
    onSuccess: (fresh) => {
      queryClient.setQueryData(['replies', id], fresh);
      void queryClient.invalidateQueries({ queryKey: ['replies', 'list'] });
    },
    onError: (error) => {
      report(error);
      void queryClient.invalidateQueries({ queryKey: ['replies', id] });
    },
  });
  return (
    <section className="panel reply-panel" aria-label={t('care')}>
      <h2>{t('care')}</h2>
      <Segmented
        block
        aria-label={t('stateTitle')}
        value={state}
        disabled={save.isPending}
        options={STATES.map((value) => ({ value, label: t(`state.${value}`) }))}
        onChange={(value) => save.mutate({ state: value })}
      />
      <label>
        <span>{t('assignee')}</span>
        <Select
          aria-label={t('assignee')}
          value={assignee?.id ?? NOBODY}
          disabled={save.isPending}
          onChange={(value) => save.mutate({ assigneeId: value === NOBODY ? null : value })}
          options={[
            { value: NOBODY, label: t('nobody') },
            ...people.map((each) => ({ value: each.id, label: each.name })),
          ]}
        />
      </label>
      <label htmlFor="reply-note">
        <span>{t('note')}</span>
      </label>
      <Input.TextArea
        id="reply-note"
        value={note}
        maxLength={4_000}
        autoSize={{ minRows: 3, maxRows: 10 }}
        placeholder={t('notePlaceholder')}
        onChange={(event) => setNote(event.target.value)}
      />
      <Button disabled={note === thread.note} loading={save.isPending} onClick={() => save.mutate({ note })}>
        {t('saveNote')}
      </Button>
    </section>
  );
}
