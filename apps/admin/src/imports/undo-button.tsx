import { UndoOutlined } from '@ant-design/icons';
import type { ButtonProps } from 'antd';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api/client.js';
import { queryClient } from '../api/query.js';
import type { Resource } from '../api/types.js';
import { ConfirmButton } from '../components/confirm-button.js';

/** Everything an import changes is read again. */
export function reloadPeople(): Promise<unknown> {
  const names = ['imports', 'contacts', 'lists', 'tags'];
  return Promise.all(names.map((name) => queryClient.invalidateQueries({ queryKey: [name] })));
}

/** Takes back an import that has written somebody; nothing for any other. */
export function UndoButton({ job, ...button }: { job: Resource<'Import'> } & Pick<ButtonProps, 'size'>) {
  const { t } = useTranslation('imports');
  const written = job.created + job.updated + job.unchanged > 0;
  if (!['done', 'cancelled', 'failed'].includes(job.status) || !written) return null;
  return (
    <ConfirmButton
      {...button}
      danger
      icon={<UndoOutlined />}
      question={t('undoQuestion')}
      consequence={t('undoText', { created: job.created, updated: job.updated })}
      confirm={t('undo')}
      onConfirm={() =>
        answer(api.POST('/api/v1/imports/{id}/undo', { params: { path: { id: job.id } } })).then(reloadPeople)
      }
    >
      {t('undo')}
    </ConfirmButton>
  );
}
