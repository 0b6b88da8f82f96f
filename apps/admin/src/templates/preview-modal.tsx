import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api/client.js';
import { LinkButton } from '../components/link-button.js';
import { useNarrow } from '../components/use-narrow.js';
import { PreviewPane } from '../editor/index.js';
import { useTemplateInCampaign } from './use-in-campaign.js';

/** A look at a template without opening it: on a desktop, on a phone, as text, for a contact. */
export function PreviewModal({ id, onClose }: { id: string | null; onClose: () => void }) {
  const { t } = useTranslation('templates');
  return (
    <Modal
      open={id !== null}
      onCancel={onClose}
      footer={null}
      width={860}
      title={t('previewTitle')}
      className="template-preview"
      destroyOnHidden
    >
      {id && <Look key={id} id={id} />}
    </Modal>
  );
}

function Look({ id }: { id: string }) {
  const { t } = useTranslation('templates');
  const narrow = useNarrow();
  const [contactId, setContactId] = useState<string>();
  const use = useTemplateInCampaign();
  const path = { id };
  const template = useQuery({
    queryKey: ['templates', id, 'look'],
    queryFn: () => answer(api.GET('/api/v1/templates/{id}', { params: { path } })),
  });
  const preview = useQuery({
    queryKey: ['templates', id, 'look', contactId ?? null],
    queryFn: () => {
      const body = contactId ? { contactId } : {};
      return answer(api.POST('/api/v1/templates/{id}/preview', { params: { path }, body }));
    },
    placeholderData: keepPreviousData,
  });
  const name = template.data?.name;
  return (
    <>
      <div className="spread gap-below template-preview-head">
        <strong className="ellipsis">{name}</strong>
        <span className="row-actions">
          <LinkButton to={`/templates/${id}`}>{t('edit')}</LinkButton>
          <Button type="primary" disabled={!name} onClick={() => name && void use(id, name)}>
            {t('useInCampaign')}
          </Button>
        </span>
      </div>
      <PreviewPane
        preview={preview.data}
        error={preview.error}
        onRetry={() => void preview.refetch()}
        settling={preview.isFetching}
        contactId={contactId}
        onContact={setContactId}
        first={narrow ? 'phone' : 'desktop'}
      />
    </>
  );
}
