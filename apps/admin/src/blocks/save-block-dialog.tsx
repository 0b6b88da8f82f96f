import { useQuery } from '@tanstack/react-query';
import { App, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api/client.js';
import { useReport } from '../api/problem.js';
import { queryClient } from '../api/query.js';
import type { SavedContent } from './edits.js';
import { Labelled } from './properties/fields.js';
import { savedBlocksQuery } from './saved-blocks.js';

const NEW = 'new';

/** Saves a block or section to be used again: as a new one, or in place of one that all mails with it follow. */
export default function SaveBlockDialog({ content, onClose }: { content: SavedContent; onClose: () => void }) {
  const { t } = useTranslation('blocks');
  const { message } = App.useApp();
  const report = useReport();
  const { data } = useQuery(savedBlocksQuery);
  const [name, setName] = useState('');
  const [target, setTarget] = useState(NEW);
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const same = (data ?? []).filter((saved) => saved.content.kind === content.kind);
  const replaced = same.find(({ id }) => id === target);
  const save = async () => {
    if (!replaced && !name.trim()) return setAsked(true);
    setBusy(true);
    try {
      if (replaced) {
        const path = { id: replaced.id };
        const body = { content, version: replaced.version };
        await answer(api.PATCH('/api/v1/saved-blocks/{id}', { params: { path }, body: body as never }));
      } else {
        await answer(api.POST('/api/v1/saved-blocks', { body: { name: name.trim(), content } as never }));
      }
      await queryClient.invalidateQueries({ queryKey: ['saved-blocks'] });
      message.success(t('saved.done'));
      onClose();
    } catch (error) {
      report(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={t('saved.title')}
      okText={t('saved.save')}
      cancelText={t('cancel')}
      confirmLoading={busy}
      onOk={() => void save()}
      onCancel={onClose}
    >
      {same.length > 0 && (
        <Labelled label={t('saved.as')}>
          {(id) => (
            <Select
              id={id}
              className="wide"
              value={target}
              onChange={setTarget}
              options={[
                { value: NEW, label: t('saved.asNew') },
                ...same.map((saved) => ({ value: saved.id, label: t('saved.inPlaceOf', { name: saved.name }) })),
              ]}
            />
          )}
        </Labelled>
      )}
      {replaced ? (
        <p className="quiet">{t('saved.replaceText')}</p>
      ) : (
        <Labelled label={t('saved.name')}>
          {(id) => (
            <>
              <Input
                id={id}
                autoFocus
                value={name}
                maxLength={100}
                status={asked && !name.trim() ? 'error' : ''}
                aria-invalid={asked && !name.trim()}
                placeholder={t('saved.nameExample')}
                onChange={(event) => setName(event.target.value)}
                onPressEnter={() => void save()}
              />
              {asked && !name.trim() && <div className="field-error">{t('saved.nameMissing')}</div>}
            </>
          )}
        </Labelled>
      )}
    </Modal>
  );
}
