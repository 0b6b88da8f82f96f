import { DeleteOutlined, EditOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { App, Button, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { isNotFound } from '../api/api-error.js';
import { answer, api } from '../api/client.js';
import { queryClient } from '../api/query.js';
import { NotFoundPage } from '../app/error-page.js';
import { ConfirmButton } from '../components/confirm-button.js';
import { ExportButton } from '../components/export-button.js';
import { PageHeader } from '../components/page-header.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { StatusTag } from '../components/status-tag.js';
import { CampaignsOfContact } from '../trail/index.js';
import { ContactDrawer } from './contact-drawer.js';
import { ContactHygiene } from './contact-hygiene.js';
import { ContactLists } from './contact-lists.js';
import { ContactProperties } from './contact-properties.js';
import { Timeline } from './timeline.js';

/** One contact: who it is, which lists it is on and why, and everything that happened. */
export default function ContactScreen() {
  const { t } = useTranslation('contacts');
  const id = useParams().id!;
  const navigate = useNavigate();
  const { message } = App.useApp();
  const [editing, setEditing] = useState(false);
  const {
    data: contact,
    error,
    refetch,
  } = useQuery({
    queryKey: ['contacts', id],
    queryFn: () => answer(api.GET('/api/v1/contacts/{id}', { params: { path: { id } } })),
  });
  if (isNotFound(error)) return <NotFoundPage />;
  if (error && !contact) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (!contact) return <Skeleton active paragraph={{ rows: 10 }} />;
  const remove = async () => {
    await answer(api.DELETE('/api/v1/contacts/{id}', { params: { path: { id } } }));
    message.success(t('deleted'));
    void navigate('/contacts', { replace: true });
    queryClient.removeQueries({ queryKey: ['contacts', id] });
    await queryClient.invalidateQueries({ queryKey: ['contacts', 'list'] });
  };
  return (
    <>
      <PageHeader
        title={contact.name || contact.email}
        description={contact.name ? contact.email : undefined}
        extra={<StatusTag kind="contact" value={contact.status} />}
        back={{ to: '/contacts', label: t('title') }}
        actions={
          <>
            <ExportButton
              path={`/api/v1/contacts/${id}/data.json`}
              file={`contact-${id}.json`}
              label={t('exportData')}
            />
            <ConfirmButton
              danger
              icon={<DeleteOutlined />}
              question={t('deleteQuestion', { email: contact.email })}
              consequence={t('deleteText')}
              confirm={t('delete')}
              onConfirm={remove}
            >
              {t('delete')}
            </ConfirmButton>
            <Button type="primary" icon={<EditOutlined />} onClick={() => setEditing(true)}>
              {t('edit')}
            </Button>
          </>
        }
      />
      <div className="columns">
        <div>
          <ContactProperties contact={contact} />
          <ContactLists contact={contact} />
          <ContactHygiene contactId={id} />
        </div>
        <div>
          <CampaignsOfContact contactId={id} email={contact.email} />
          <Timeline contactId={id} />
        </div>
      </div>
      <ContactDrawer open={editing} onClose={() => setEditing(false)} contact={contact} />
    </>
  );
}
