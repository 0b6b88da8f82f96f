import { useQuery } from '@tanstack/react-query';
import { Alert, Input, Modal, Skeleton } from 'antd';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api/client.js';
import { useReport } from '../api/problem.js';
import { queryClient } from '../api/query.js';
import type { Resource } from '../api/types.js';
import { useSession } from '../app/session.js';
import { Count } from '../components/count.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { ZonedTime } from '../components/relative-time.js';
import { SubjectText } from '../components/subject-text.js';
import { checklistQuery } from './checklist.js';
import { useCheckText } from '../words/index.js';
import { useDraftContext } from './draft-context.js';
import { Field } from './field.js';
import { secondsToSend } from './send-estimate.js';
import { accountsQuery } from './sender-section.js';
import { AbTestPlan, abTestQuery } from '../ab-test/index.js';
import { instantOf } from '../components/wall-clock.js';
import { ZonesAhead } from '../zones/index.js';
import { useDeparture } from './use-departure.js';
import { useUndoToast } from './undo-toast.js';

/** Beyond this many recipients the number is typed, not clicked away. */
const TYPED_ABOVE = 10_000;

/** The last look: exactly how many, what, from whom and when. Confirming begins the undo window, or the wait. */
export function SendDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation('campaigns');
  const { campaign } = useDraftContext();
  const [typed, setTyped] = useState('');
  const audience = useQuery({
    queryKey: ['campaigns', campaign.id, 'audience'],
    queryFn: () => answer(api.GET('/api/v1/campaigns/{id}/audience', { params: { path: { id: campaign.id } } })),
    enabled: open,
    staleTime: 0,
  });
  const { data: checks } = useQuery(checklistQuery(campaign.id));
  const warnings = checks?.items.length ?? 0;
  const { send, busy, window: undoSeconds } = useSend(onClose);
  const count = audience.isFetching ? undefined : audience.data?.prepared;
  const mustType = (count ?? 0) > TYPED_ABOVE;
  const ready = Boolean(count) && (!mustType || typed.replace(/[\s,，.]/g, '') === String(count));
  const close = () => {
    setTyped('');
    onClose();
  };
  return (
    <Modal
      open={open}
      title={t('confirm.title')}
      onCancel={close}
      onOk={() => void send()}
      okText={warnings > 0 ? t('confirm.despite', { count: warnings }) : t('confirm.ok')}
      cancelText={t('confirm.back')}
      okButtonProps={{ disabled: !ready }}
      confirmLoading={busy}
      destroyOnHidden
    >
      {audience.error && <ProblemAlert error={audience.error} onRetry={() => void audience.refetch()} />}
      {count === undefined && !audience.error && <Skeleton active title={false} paragraph={{ rows: 4 }} />}
      {count === 0 && <Alert type="error" showIcon title={t('confirm.nobody')} />}
      {Boolean(count) && <Summary count={count!} heldOut={heldOutOf(audience.data)} undoSeconds={undoSeconds} />}
      {mustType && (
        <Field id="typed-count" label={t('confirm.type', { count })}>
          <Input
            id="typed-count"
            inputMode="numeric"
            autoComplete="off"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        </Field>
      )}
    </Modal>
  );
}

/** Whom an A/B test leaves out of those who may be mailed. */
function heldOutOf(audience: Resource<'AudienceReport'> | undefined): number {
  return audience?.exclusions.find(({ reason }) => reason === 'hold_out')?.count ?? 0;
}

function Summary({ count, heldOut, undoSeconds }: { count: number; heldOut: number; undoSeconds: number }) {
  const { t } = useTranslation('campaigns');
  const { campaign, draft, time } = useDraftContext();
  const { data } = useQuery(checklistQuery(campaign.id));
  const { data: test } = useQuery(abTestQuery(campaign.id));
  const departure = useDeparture();
  const text = useCheckText();
  const { from, content } = draft;
  return (
    <>
      <p className="confirm-count">
        <Count value={count} /> <span>{t('confirm.people')}</span>
      </p>
      <dl className="facts">
        <div>
          <dt>{t('subjectLine')}</dt>
          <dd>
            <SubjectText subject={content.subject} />
          </dd>
        </div>
        <div>
          <dt>{t('section.sender')}</dt>
          <dd>{from.name ? `${from.name} <${from.address}>` : from.address}</dd>
        </div>
        <div>
          <dt>{t('section.time')}</dt>
          <dd>
            {time.kind === 'at' && time.ofRecipient ? (
              <ZonesAhead audience={draft.audience} at={time.at!} timezone={time.timezone} />
            ) : time.kind === 'at' ? (
              <ZonedTime at={instantOf(time.at!, time.timezone)} zone={time.timezone} />
            ) : undoSeconds > 0 ? (
              t('confirm.nowWithUndo', { count: undoSeconds })
            ) : (
              t('confirm.now')
            )}
          </dd>
        </div>
        <Suspense>
          <AbTestPlan campaignId={campaign.id} people={count + heldOut} heldOut={heldOut} departure={departure} />
        </Suspense>
        {!(time.kind === 'at' && time.ofRecipient) && test === null && <Estimate count={count} />}
      </dl>
      {data && data.items.length > 0 && (
        <Alert
          type="warning"
          showIcon
          className="confirm-warnings"
          title={t('confirm.warnings')}
          description={
            <ul className="confirm-warning-list">
              {data.items.map((item, index) => (
                <li key={`${item.code}${index}`}>{text(item)}</li>
              ))}
            </ul>
          }
        />
      )}
    </>
  );
}

/** When it will be through, roughly; the pace of providers may make it later. */
function Estimate({ count }: { count: number }) {
  const { t, i18n } = useTranslation('campaigns');
  const { draft } = useDraftContext();
  const { data: accounts } = useQuery(accountsQuery);
  const seconds = accounts ? secondsToSend(count, accounts, draft) : null;
  if (seconds === null) return null;
  const [unit, length] = seconds < 5_400 ? (['minute', 60] as const) : (['hour', 3_600] as const);
  const format = new Intl.NumberFormat(i18n.language, { style: 'unit', unit, unitDisplay: 'long' });
  return (
    <div>
      <dt>{t('confirm.takes')}</dt>
      <dd>{t('confirm.about', { time: format.format(Math.max(1, Math.ceil(seconds / length))) })}</dd>
    </div>
  );
}

/** Starting, with the workspace's undo window: until it is over, the campaign is merely scheduled. */
function useSend(onDone: () => void) {
  const { campaign, time } = useDraftContext();
  const { workspace } = useSession();
  const report = useReport();
  const showUndo = useUndoToast();
  const [busy, setBusy] = useState(false);
  const { data } = useQuery({
    queryKey: ['workspaces', workspace.id],
    queryFn: async () => {
      const { items } = await answer(api.GET('/api/v1/workspaces', { params: { query: { limit: 200 } } }));
      return items.find(({ id }) => id === workspace.id) ?? items[0]!;
    },
  });
  const undoSeconds = data?.undoSeconds ?? 10;
  const start = () => {
    const params = { path: { id: campaign.id } };
    if (time.kind === 'at') {
      const { at, timezone, ofRecipient = false } = time;
      const body = { at: at!, timezone, inRecipientZone: ofRecipient };
      return answer(api.POST('/api/v1/campaigns/{id}/schedule', { params, body }));
    }
    return answer(api.POST('/api/v1/campaigns/{id}/start', { params, body: { undoSeconds } }));
  };
  const send = async () => {
    setBusy(true);
    try {
      const fresh = await start();
      onDone();
      queryClient.setQueryData(['campaigns', fresh.id], fresh);
      void queryClient.invalidateQueries({ queryKey: ['campaigns', 'list'] });
      if (time.kind === 'now' && undoSeconds > 0) showUndo(fresh, undoSeconds);
    } catch (error) {
      report(error);
      void queryClient.invalidateQueries({ queryKey: ['campaigns', campaign.id] });
    } finally {
      setBusy(false);
    }
  };
  return { send, busy, window: undoSeconds };
}
