import {
  CheckCircleFilled,
  CloseCircleFilled,
  ExperimentOutlined,
  EyeOutlined,
  MailOutlined,
  SendOutlined,
  WarningFilled,
} from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Drawer, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { serverNow } from '../api/clock.js';
import { letterOf } from '../ab-test/index.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { RelativeTime } from '../components/relative-time.js';
import { useNarrow } from '../components/use-narrow.js';
import { PreviewPane, isBlank, usePreview } from '../editor/index.js';
import { checklistQuery, sectionOf, type CheckItem } from './checklist.js';
import { useCheckText } from '../words/index.js';
import { useDraftContext } from './draft-context.js';
import { MissingDrawer } from './missing-drawer.js';
import { completeChecklist } from './preflight.js';
import { PreflightState } from './preflight-state.js';
import { RehearsalDrawer } from './rehearsal-drawer.js';
import { goToRefused, goToSection } from './section.js';
import { SendDialog } from './send-dialog.js';
import { timeProblem } from './send-time.js';
import { useTimeChecks, withTimeChecks } from './use-departure.js';
import { TestDialog } from './test-dialog.js';

/** Beside the page, always in view: what is missing, a test, a look, and the way out. */
export function CheckRail() {
  const { t } = useTranslation('campaigns');
  const { campaign, draft, time, setTime, flush } = useDraftContext();
  const [open, setOpen] = useState<'test' | 'preview' | 'send' | null>(null);
  const [checking, setChecking] = useState(false);
  const [missing, setMissing] = useState<string | null>(null);
  // In the URL, so that it can be linked to and the back button closes it.
  const [params, setParams] = useSearchParams();
  const rehearse = (opened: boolean) => setParams(opened ? { rehearsal: 'open' } : {});
  const blank = isBlank(draft.content);
  const timeChecks = useTimeChecks();
  const check = async () => {
    setChecking(true);
    try {
      if (!(await flush())) return goToRefused();
      if (time.kind === 'at' && timeProblem(time, serverNow())) {
        setTime({ ...time, tried: true });
        return goToSection('time', 'send-at');
      }
      const items = withTimeChecks((await completeChecklist(campaign.id)).items, timeChecks());
      const blocking = items.find(({ severity }) => severity === 'error');
      if (!blocking) return setOpen('send');
      const section = sectionOf(blocking);
      if (section) goToSection(section);
    } catch {
      // The list of checks shows the failure.
    } finally {
      setChecking(false);
    }
  };
  return (
    <aside className="check-rail panel" aria-label={t('checks.title')}>
      <h2>{t('checks.title')}</h2>
      <Checks onTest={() => setOpen('test')} onMissing={setMissing} />
      <PreflightState />
      <div className="rail-buttons">
        <Button icon={<MailOutlined />} disabled={blank} onClick={() => setOpen('test')}>
          {t('sendTest')}
        </Button>
        <Button icon={<EyeOutlined />} disabled={blank} onClick={() => setOpen('preview')}>
          {t('preview')}
        </Button>
        <Button icon={<ExperimentOutlined />} disabled={blank} onClick={() => rehearse(true)}>
          {t('rehearsal.button')}
        </Button>
        <Button type="primary" size="large" icon={<SendOutlined />} loading={checking} onClick={() => void check()}>
          {t('checkAndSend')}
        </Button>
      </div>
      {campaign.testedAt && (
        <p className="quiet small">
          {t('testedAt')} <RelativeTime at={campaign.testedAt} />
        </p>
      )}
      <TestDialog open={open === 'test'} onClose={() => setOpen(null)} />
      <MissingDrawer variable={missing} onClose={() => setMissing(null)} />
      <PreviewDrawer open={open === 'preview'} onClose={() => setOpen(null)} />
      <RehearsalDrawer open={params.get('rehearsal') === 'open'} onClose={() => rehearse(false)} />
      <SendDialog open={open === 'send'} onClose={() => setOpen(null)} />
    </aside>
  );
}

interface Ways {
  onTest: () => void;
  /** Shows who lacks the variable. */
  onMissing: (variable: string) => void;
}

function Checks(ways: Ways) {
  const { t } = useTranslation('campaigns');
  const { campaign } = useDraftContext();
  const { data, error, refetch } = useQuery(checklistQuery(campaign.id));
  const timeChecks = useTimeChecks();
  if (error && !data) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton active title={false} paragraph={{ rows: 3 }} />;
  const items = withTimeChecks(data.items, timeChecks());
  if (items.length === 0) {
    return (
      <p className="tone-good" aria-live="polite">
        <CheckCircleFilled aria-hidden="true" /> {t('checks.ready')}
      </p>
    );
  }
  const sorted = items.sort((a, b) => a.severity.localeCompare(b.severity));
  return (
    <ul className="plain-list check-items" aria-live="polite">
      {sorted.map((item, index) => (
        <li key={`${item.code}${index}`} data-severity={item.severity}>
          <CheckRow item={item} {...ways} />
        </li>
      ))}
    </ul>
  );
}

function CheckRow({ item, onTest, onMissing }: Ways & { item: CheckItem }) {
  const { t } = useTranslation('campaigns');
  const { campaign } = useDraftContext();
  const text = useCheckText();
  const section = sectionOf(item);
  const variant = /^abTest\.variants\.(\d)\.content\.(?!subject)/.exec(item.property)?.[1];
  const line = item.params?.line;
  const said = line ? t('checks.atLine', { text: text(item), line: String(line) }) : text(item);
  return (
    <>
      {item.severity === 'error' ? (
        <CloseCircleFilled aria-label={t('checks.error')} />
      ) : (
        <WarningFilled aria-label={t('checks.warning')} />
      )}
      {item.code === 'NOT_TESTED' ? (
        <button type="button" className="link-like" onClick={onTest}>
          {said}
        </button>
      ) : item.code === 'DATA_MISSING' ? (
        <button type="button" className="link-like" onClick={() => onMissing(String(item.params?.variable))}>
          {said}
        </button>
      ) : item.code.startsWith('DOMAIN_') || item.code.startsWith('DMARC_') ? (
        <Link to={item.params?.id ? `/settings/domains/${item.params.id}` : '/settings/domains'}>{said}</Link>
      ) : item.property.startsWith('workspace') ? (
        <Link to="/settings/workspace">{said}</Link>
      ) : variant ? (
        <Link to={`/campaigns/${campaign.id}/variants/${letterOf(Number(variant) + 1)}`}>{said}</Link>
      ) : section === 'content' && item.code !== 'CONTENT_EMPTY' ? (
        <Link to={`/campaigns/${campaign.id}/content`}>{said}</Link>
      ) : (
        <button type="button" className="link-like" onClick={() => section && goToSection(section)}>
          {said}
        </button>
      )}
    </>
  );
}

function PreviewDrawer({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation('campaigns');
  const narrow = useNarrow();
  return (
    <Drawer
      open={open}
      onClose={onClose}
      title={t('preview')}
      size={narrow ? '100%' : 760}
      styles={{ body: { padding: 0 } }}
      destroyOnHidden
    >
      <DrawnPreview />
    </Drawer>
  );
}

function DrawnPreview() {
  const { draft } = useDraftContext();
  const [contactId, setContactId] = useState<string>();
  const { data, error, settling, refetch } = usePreview(draft.content, contactId);
  return (
    <div className="drawn-preview">
      <PreviewPane
        preview={data}
        error={error}
        onRetry={() => void refetch()}
        settling={settling}
        contactId={contactId}
        onContact={setContactId}
      />
    </div>
  );
}
