import { DownloadOutlined, FilterOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Dropdown, Skeleton } from 'antd';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, useParams, useSearchParams } from 'react-router';
import { isNotFound } from '../api/api-error.js';
import { campaignQuery } from '../api/campaigns.js';
import { serverNow } from '../api/clock.js';
import { download } from '../api/client.js';
import { useReport } from '../api/problem.js';
import { NotFoundPage } from '../app/error-page.js';
import { PageHeader } from '../components/page-header.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { Instant } from '../components/relative-time.js';
import { StatusTag } from '../components/status-tag.js';
import { TabLinks } from '../components/tab-links.js';
import { SubjectText } from '../components/subject-text.js';
import { useNarrow } from '../components/use-narrow.js';
import { useCampaignActions } from '../actions/index.js';
import { TrailDrawer, TrailSearch } from '../trail/index.js';
import { AbTestNotice, AbTestTab, abReportQuery, letterOf, type AbReport } from '../ab-test/index.js';
import { CampaignZones } from '../zones/index.js';
import { BouncesTab } from './bounces-tab.js';
import { LinksTab } from './links-tab.js';
import { MailTab } from './mail-tab.js';
import { OverviewTab } from './overview-tab.js';
import { ProgressPanel } from './progress-panel.js';
import { SEGMENT_GROUPS, segmentLink } from './segment-link.js';
import { ShareButton } from './share-dialog.js';
import { StopReasons } from './stop-reasons.js';
import { ProvidersTab } from './providers-tab.js';
import { RecipientsTab } from './recipients-tab.js';
import { RepliesTab } from './replies-tab.js';
import './report.css';
import { reportQuery, useLiveReport, type Campaign, type Report } from './report-query.js';
import { UncertainNotice } from './uncertain-notice.js';

const TABS = ['overview', 'links', 'bounces', 'replies', 'providers', 'recipients', 'ab', 'mail'] as const;
type Tab = (typeof TABS)[number];
/** What the last instant of a campaign was, where it did not come to its end. */
const ENDED: Partial<Record<Campaign['status'], string>> = { cancelled: 'cancelledAt', failed: 'failedAt' };

/** What became of a campaign, while it is sent and ever after. */
export default function ReportScreen() {
  const id = useParams().id!;
  useLiveReport(id);
  const campaign = useQuery(campaignQuery(id));
  const sending = campaign.data?.status === 'sending';
  const report = useQuery({ ...reportQuery(id), refetchInterval: sending ? 3_000 : false });
  if (isNotFound(campaign.error)) return <NotFoundPage />;
  if (campaign.error && !campaign.data) {
    return <ProblemAlert error={campaign.error} onRetry={() => void campaign.refetch()} />;
  }
  if (!campaign.data) return <Skeleton active paragraph={{ rows: 12 }} />;
  if (campaign.data.status === 'draft' || campaign.data.status === 'scheduled') {
    return <Navigate to={`/campaigns/${id}`} replace />;
  }
  return (
    <>
      <Head campaign={campaign.data} />
      {report.error && !report.data && <ProblemAlert error={report.error} onRetry={() => void report.refetch()} />}
      {!report.data && !report.error && <Skeleton active paragraph={{ rows: 10 }} className="panel" />}
      {report.data && <Body campaign={campaign.data} report={report.data} />}
    </>
  );
}

function fileName(campaign: string, file: string): string {
  return `${campaign.replace(/[\\/:*?"<>|]/g, '-')}${file.slice(file.lastIndexOf('.'))}`;
}

/** A tab with what is chosen in any: whose opens count, and which recipients are shown. */
function tabAddress(id: string, tab: (typeof TABS)[number], params: URLSearchParams): string {
  const next = new URLSearchParams(params);
  // A page of one tab is none of another, and an address that is being explained has a drawer open.
  for (const name of ['tab', 'cursor', 'why']) next.delete(name);
  if (tab !== 'overview') next.set('tab', tab);
  const query = next.toString();
  return `/campaigns/${id}/report${query && `?${query}`}`;
}

const FOLLOW_UPS = ['not_opened', 'clicked'] as const;

function Head({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation('report');
  const { t: tc } = useTranslation('actions');
  const actions = useCampaignActions();
  const report = useReport();
  const narrow = useNarrow();
  const { id, name, content, status, startedAt, finishedAt } = campaign;
  const { data: test } = useQuery(abReportQuery(id));
  const letter = test ? followedLetter(test) : undefined;
  const save = (file: 'report.xlsx' | 'recipients.csv') =>
    void download(`/api/v1/campaigns/${id}/${file}`, fileName(name, file)).catch(report);
  const segments = SEGMENT_GROUPS.map((group) => {
    const label = t(`segment.group.${group}`);
    return { key: group, label: <Link to={segmentLink(id, group, `${name} · ${label}`)}>{label}</Link> };
  });
  const done = status === 'sent' || status === 'cancelled' || status === 'failed';
  return (
    <PageHeader
      title={name}
      back={{ to: '/campaigns', label: t('campaigns') }}
      extra={<StatusTag kind="campaign" value={status} />}
      description={
        <>
          {content.subject && (
            <span className="block">
              <SubjectText subject={content.subject} />
            </span>
          )}
          {startedAt && (
            <span>
              {t('started')} <Instant at={startedAt} />
              {finishedAt && (
                <>
                  {' · '}
                  {t(ENDED[status] ?? 'finished')} <Instant at={finishedAt} />
                </>
              )}
            </span>
          )}
        </>
      }
      actions={
        <>
          <Dropdown
            trigger={['click']}
            menu={{
              items: [
                { key: 'xlsx', label: t('export.xlsx'), onClick: () => save('report.xlsx') },
                { key: 'csv', label: t('export.csv'), onClick: () => save('recipients.csv') },
                { key: 'print', label: t('export.print'), onClick: () => window.print() },
              ],
            }}
          >
            <Button icon={<DownloadOutlined />}>{t('export.button')}</Button>
          </Dropdown>
          <ShareButton campaignId={id} />
          {!narrow && (
            <Dropdown trigger={['click']} menu={{ items: segments }}>
              <Button icon={<FilterOutlined />}>{t('segment.save')}</Button>
            </Dropdown>
          )}
          <Dropdown
            trigger={['click']}
            menu={{
              items: [
                ...FOLLOW_UPS.map((to) => ({
                  key: to,
                  label: letter ? tc('followUpOf', { action: tc(`followUp.${to}`), letter }) : tc(`followUp.${to}`),
                  onClick: () => void actions.followUp(campaign, to, letter),
                })),
                { key: 'duplicate', label: tc('duplicate'), onClick: () => void actions.duplicate(campaign) },
                // On a phone there is room for three buttons beside each other.
                ...(narrow ? [{ type: 'group' as const, label: t('segment.save'), children: segments }] : []),
                ...(done ? [{ key: 'archive', label: tc('archive'), onClick: () => actions.remove(campaign) }] : []),
              ],
            }}
          >
            <Button aria-label={t('more')}>⋯</Button>
          </Dropdown>
        </>
      }
    />
  );
}

function Body({ campaign, report }: { campaign: Campaign; report: Report }) {
  const { t } = useTranslation('report');
  const [params] = useSearchParams();
  const { data: test } = useQuery(abReportQuery(campaign.id));
  const tab = TABS.find((name) => name === params.get('tab')) ?? 'overview';
  const waiting = test ? waitingOf(test) : 0;
  const shown = TABS.filter((name) => name !== 'ab' || test || tab === 'ab');
  const moving = campaign.status === 'sending' || campaign.status === 'paused';
  return (
    <>
      {campaign.status === 'failed' && (
        <Alert
          type="error"
          showIcon
          title={t('failed')}
          description={<StopReasons reasons={campaign.stopReasons} />}
          className="gap-below"
        />
      )}
      {campaign.status === 'cancelled' && <CancelledNotice report={report} />}
      {(moving || report.counts.pending > 0) && <ProgressPanel campaign={campaign} report={report} waiting={waiting} />}
      {tab === 'overview' && <CampaignZones campaign={campaign} />}
      {report.counts.uncertain > 0 && <UncertainNotice campaign={campaign} count={report.counts.uncertain} />}
      {moving && test && tab !== 'ab' && (
        <Suspense>
          <AbTestNotice report={test} />
        </Suspense>
      )}
      <TrailSearch />
      <TrailDrawer campaignId={campaign.id} />
      <TabLinks
        label={t('tabs')}
        current={tab}
        items={shown.map((key) => ({
          key,
          label: t(`tab.${key}`),
          to: tabAddress(campaign.id, key, params),
        }))}
      />
      <Content key={tab} tab={tab} campaign={campaign} report={report} />
    </>
  );
}

/** The variant that a follow-up starts from, where it says something else than A. */
function followedLetter({ ofTimes, winner, verdict }: AbReport): string | undefined {
  const led = winner ?? verdict?.winner ?? 0;
  return ofTimes || led === 0 ? undefined : letterOf(led);
}

/** Who waits for a decision of the A/B test, or for the time of their variant. */
function waitingOf({ winner, rest, arms }: AbReport): number {
  const later = arms.filter(({ sendAt }) => sendAt && Date.parse(sendAt) > serverNow());
  return (winner === null ? rest.prepared : 0) + later.reduce((sum, { prepared }) => sum + prepared, 0);
}

/** What cancelling spared whom: these were recipients, unlike those the rules left out. */
function CancelledNotice({ report: { counts } }: { report: Report }) {
  const { t, i18n } = useTranslation('report');
  const number = new Intl.NumberFormat(i18n.language);
  const title = t('cancelled.title', {
    count: counts.skipped,
    number: number.format(counts.skipped),
    of: number.format(counts.prepared),
  });
  return (
    <Alert
      type="info"
      showIcon
      className="gap-below"
      title={title}
      description={counts.skipped > 0 && <Link to="?tab=recipients&status=skipped">{t('cancelled.who')}</Link>}
    />
  );
}

function Content({ tab, campaign, report }: { tab: Tab; campaign: Campaign; report: Report }) {
  switch (tab) {
    case 'overview':
      return <OverviewTab report={report} />;
    case 'links':
      return <LinksTab report={report} campaign={campaign} />;
    case 'bounces':
      return <BouncesTab report={report} />;
    case 'replies':
      return <RepliesTab campaign={campaign} />;
    case 'providers':
      return <ProvidersTab report={report} />;
    case 'recipients':
      return <RecipientsTab campaign={campaign} report={report} />;
    case 'ab':
      return (
        <Suspense fallback={<Skeleton active paragraph={{ rows: 6 }} className="panel" />}>
          <AbTestTab campaign={campaign} />
        </Suspense>
      );
    case 'mail':
      return <MailTab campaign={campaign} />;
  }
}
