import { Alert } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PageHeader } from '../components/page-header.js';
import { PreviewPane, usePreview, type Content } from '../editor/index.js';
import type { MailProps } from './editor-bar.js';

interface ReadOnlyProps extends Pick<MailProps, 'title' | 'back' | 'actions'> {
  content: Content;
}

/** The mail as it is, where there is no room to change it. */
export function ReadOnly({ content, title, back, actions }: ReadOnlyProps) {
  const { t } = useTranslation('blocks');
  const [contactId, setContactId] = useState<string>();
  const preview = usePreview(content, contactId);
  return (
    <>
      <PageHeader title={title} back={back} actions={actions} />
      <Alert type="info" showIcon title={t('narrow')} className="gap-below" />
      <div className="be-readonly">
        <PreviewPane
          preview={preview.data}
          error={preview.error}
          onRetry={() => void preview.refetch()}
          settling={preview.settling}
          contactId={contactId}
          onContact={setContactId}
          first="phone"
        />
      </div>
    </>
  );
}
