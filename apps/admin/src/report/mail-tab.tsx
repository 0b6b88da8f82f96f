import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Bytes } from '../components/count.js';
import { PreviewPane, usePreview } from '../editor/index.js';
import type { Campaign } from './report-query.js';

/** The mail that was sent, and what was set about it. */
export function MailTab({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation('report');
  const [contactId, setContactId] = useState<string>();
  const { data, error, settling, refetch } = usePreview(campaign.content, contactId);
  const { from, replyTo, attachments, trackOpens, trackClicks, readReceipts, deliveryNotifications } = campaign;
  return (
    <>
      <section className="panel">
        <dl className="facts">
          <div>
            <dt>{t('mail.from')}</dt>
            <dd>{from.name ? `${from.name} <${from.address}>` : from.address}</dd>
          </div>
          {replyTo && (
            <div>
              <dt>{t('mail.replyTo')}</dt>
              <dd>{replyTo}</dd>
            </div>
          )}
          <div>
            <dt>{t('mail.tracking')}</dt>
            <dd>
              {[
                trackOpens && t('mail.opens'),
                trackClicks && t('mail.clicks'),
                readReceipts && t('mail.readReceipts'),
                deliveryNotifications && t('mail.deliveryNotifications'),
              ]
                .filter(Boolean)
                .join(' · ') || t('mail.nothing')}
            </dd>
          </div>
          {attachments.length > 0 && (
            <div>
              <dt>{t('mail.attachments')}</dt>
              <dd>
                {attachments.map(({ id, name, bytes }) => (
                  <span key={id} className="block">
                    {name} (<Bytes value={bytes} />)
                  </span>
                ))}
              </dd>
            </div>
          )}
        </dl>
      </section>
      <div className="report-mail">
        <PreviewPane
          preview={data}
          error={error}
          onRetry={() => void refetch()}
          settling={settling}
          contactId={contactId}
          onContact={setContactId}
        />
      </div>
    </>
  );
}
