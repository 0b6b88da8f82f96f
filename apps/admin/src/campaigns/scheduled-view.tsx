import { ClockCircleOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Skeleton } from 'antd';
import { Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api/client.js';
import { listsQuery, segmentsQuery } from '../api/reference.js';
import { useTimeZone } from '../app/session.js';
import { Count } from '../components/count.js';
import { MailFrame } from '../components/mail-frame.js';
import { PageHeader } from '../components/page-header.js';
import { RelativeTime, ZonedTime } from '../components/relative-time.js';
import { StatusTag } from '../components/status-tag.js';
import { SubjectText } from '../components/subject-text.js';
import { AbTestPlan } from '../ab-test/index.js';
import { useCampaignActions } from '../actions/index.js';
import { listed } from '../i18n/i18n.js';
import { CampaignZones } from '../zones/index.js';
import { usePreview } from '../editor/index.js';
import type { Campaign } from './draft.js';
import { useSecondsUntil } from './undo-toast.js';

const SOON_SECONDS = 120;

/** A campaign that waits for its time: what will leave, when, and the way back to the draft. */
export function ScheduledView({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation('campaigns');
  const { t: tc } = useTranslation('actions');
  const actions = useCampaignActions();
  const { data: lists } = useQuery(listsQuery);
  const { data: segments } = useQuery(segmentsQuery);
  const audience = useQuery({
    queryKey: ['campaigns', campaign.id, 'audience'],
    queryFn: () => answer(api.GET('/api/v1/campaigns/{id}/audience', { params: { path: { id: campaign.id } } })),
  });
  const heldOut = audience.data?.exclusions.find(({ reason }) => reason === 'hold_out')?.count ?? 0;
  const preview = usePreview(campaign.content, undefined);
  const nameIn = (items: { id: string; name: string }[] | undefined) => (id: string) =>
    items?.find((item) => item.id === id)?.name ?? id;
  const names = (listIds: string[], segmentIds: string[]) =>
    listed([...listIds.map(nameIn(lists)), ...segmentIds.map(nameIn(segments))]);
  const { from, content, timezone } = campaign;
  const own = useTimeZone();
  const at = Date.parse(campaign.scheduledAt ?? '');
  // It takes the place of a long page that may have been scrolled; the countdown stands at the top.
  useEffect(() => {
    window.scrollTo({ top: 0 });
  }, []);
  return (
    <>
      <PageHeader
        title={campaign.name}
        back={{ to: '/campaigns', label: t('title') }}
        extra={<StatusTag kind="campaign" value="scheduled" />}
        actions={
          <>
            <Button danger onClick={() => actions.cancel(campaign)}>
              {tc('callOff')}
            </Button>
            <Button onClick={() => void actions.duplicate(campaign)}>{tc('duplicate')}</Button>
          </>
        }
      />
      <section className="panel waiting" aria-live="polite">
        <ClockCircleOutlined className="waiting-icon" aria-hidden="true" />
        <div className="waiting-text">
          <h2>
            <Remaining at={at} />
          </h2>
          <span className="quiet">
            <ZonedTime at={at} zone={timezone ?? own} />
          </span>
        </div>
        <Button type="primary" size="large" onClick={() => void actions.unschedule(campaign)}>
          {timezone ? tc('unschedule') : t('undo.button')}
        </Button>
      </section>
      <CampaignZones campaign={campaign} />
      <div className="scheduled-columns">
        <section className="panel">
          <h2>{t('summary')}</h2>
          <dl className="facts">
            <div>
              <dt>{t('section.recipients')}</dt>
              <dd>
                {audience.data && (
                  <strong>
                    {t('aboutRecipients')} <Count value={audience.data.prepared} />
                  </strong>
                )}
                <span className="block">{names(campaign.audience.lists, campaign.audience.segments)}</span>
                {campaign.audience.excludeLists.length + campaign.audience.excludeSegments.length > 0 && (
                  <span className="block quiet">
                    {t('excludeLists')}: {names(campaign.audience.excludeLists, campaign.audience.excludeSegments)}
                  </span>
                )}
              </dd>
            </div>
            {audience.data && (
              <Suspense>
                <AbTestPlan
                  campaignId={campaign.id}
                  people={audience.data.prepared + heldOut}
                  heldOut={heldOut}
                  departure={{ at, zone: timezone ?? own }}
                />
              </Suspense>
            )}
            <div>
              <dt>{t('section.sender')}</dt>
              <dd>{from.name ? `${from.name} <${from.address}>` : from.address}</dd>
            </div>
            {campaign.replyTo && (
              <div>
                <dt>{t('replyTo')}</dt>
                <dd>{campaign.replyTo}</dd>
              </div>
            )}
            <div>
              <dt>{t('subjectLine')}</dt>
              <dd>
                <SubjectText subject={content.subject} />
              </dd>
            </div>
            {content.preheader && (
              <div>
                <dt>{t('preheaderLine')}</dt>
                <dd>{content.preheader}</dd>
              </div>
            )}
            <div>
              <dt>{t('section.tracking')}</dt>
              <dd>
                {listed([
                  ...(campaign.trackOpens ? [t('trackOpens')] : []),
                  ...(campaign.trackClicks ? [t('trackClicks')] : []),
                  ...(campaign.readReceipts ? [t('readReceipts')] : []),
                  ...(campaign.deliveryNotifications ? [t('deliveryNotifications')] : []),
                ]) || t('trackNothing')}
              </dd>
            </div>
          </dl>
        </section>
        <section className="panel">
          <h2>{t('section.content')}</h2>
          {preview.data?.html ? (
            <MailFrame html={preview.data.html} height={420} />
          ) : preview.data ? (
            <pre className="mail-text">{preview.data.text}</pre>
          ) : (
            <Skeleton active paragraph={{ rows: 6 }} />
          )}
        </section>
      </div>
    </>
  );
}

function Remaining({ at }: { at: number }) {
  const { t } = useTranslation('campaigns');
  const left = useSecondsUntil(at);
  if (left === 0) return <>{t('undo.starting')}</>;
  if (left <= SOON_SECONDS) return <>{t('undo.left', { count: left })}</>;
  return (
    <>
      {t('startsIn')} <RelativeTime at={new Date(at).toISOString()} />
    </>
  );
}
