import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ContactSelect } from '../components/contact-select.js';
import { lettersOf, usePreview } from '../editor/index.js';
import { useDraftContext } from './draft-context.js';

/** How sender, subject and preview text look to a contact in the list of an inbox, on a desktop and on a phone. */
export function InboxPreview() {
  const { t } = useTranslation('campaigns');
  const { draft } = useDraftContext();
  const [contactId, setContactId] = useState<string>();
  const { data } = usePreview(draft.content, contactId);
  const sender = draft.from.name || draft.from.address || t('inbox.sender');
  const subject = data?.subject || draft.content.subject || t('inbox.subject');
  const preheader = data?.preheader || draft.content.preheader || '';
  return (
    <div className="inbox-look">
      <div className="inbox-reader">
        <span aria-hidden="true">{t('inbox.reader')}</span>
        <ContactSelect
          value={contactId}
          onChange={setContactId}
          label={t('inbox.reader')}
          placeholder={t('test.sample')}
        />
      </div>
      <div className="inbox" role="img" aria-label={t('inbox.label', { sender, subject, preheader })}>
        <div className="inbox-desktop">
          <strong className="ellipsis">{sender}</strong>
          <span className="ellipsis">
            <strong>{subject}</strong> <span className="quiet">{preheader && `– ${preheader}`}</span>
          </span>
          <span className="quiet">10:24</span>
        </div>
        <div className="inbox-phone">
          <span className="inbox-avatar" aria-hidden="true">
            {lettersOf(sender)[0]?.toUpperCase()}
          </span>
          <span className="inbox-lines">
            <strong className="ellipsis">{sender}</strong>
            <span className="ellipsis">{subject}</span>
            <span className="ellipsis quiet">{preheader}</span>
          </span>
          <span className="quiet">10:24</span>
        </div>
      </div>
    </div>
  );
}
