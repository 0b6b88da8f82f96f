import { InboxOutlined, PlusOutlined } from '@ant-design/icons';
import { App, Button, Dropdown, Modal, Switch, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answer, api } from '../api/client.js';
import { useReport } from '../api/problem.js';
import { queryClient } from '../api/query.js';
import type { Resource } from '../api/types.js';
import { useConfirm } from '../components/confirm-button.js';
import { DataTable, type Column } from '../components/data-table.js';
import { EmptyState } from '../components/empty-state.js';
import { PageHeader } from '../components/page-header.js';
import { RelativeTime } from '../components/relative-time.js';
import { VerifySteps, useStoredError } from '../components/verify-steps.js';
import { Collected } from './collected.js';
import { MailboxDrawer } from './mailbox-drawer.js';
import type { Mailbox } from './mailbox-values.js';

/** The mailboxes whose bounces and replies are read. */
export default function MailboxesScreen() {
  const { t } = useTranslation('mailboxes');
  const [total, setTotal] = useState<number>();
  const [edited, setEdited] = useState<Mailbox | 'new' | null>(null);
  const verification = useVerification();
  const create = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited('new')}>
      {t('create')}
    </Button>
  );
  const handlers = { onEdit: setEdited, onVerify: verification.start };
  return (
    <>
      <PageHeader
        title={t('title')}
        count={total}
        description={
          <>
            {t('description')} <Link to="/inbound">{t('seeInbound')}</Link>
          </>
        }
        actions={create}
      />
      <DataTable<Mailbox>
        name="mailboxes"
        label={t('title')}
        load={(query) => answer(api.GET('/api/v1/mailboxes', { params: { query } }))}
        onTotal={setTotal}
        columns={useColumns(handlers)}
        refetchInterval={10_000}
        empty={<EmptyState icon={<InboxOutlined />} title={t('empty.title')} text={t('empty.text')} action={create} />}
        card={(mailbox) => (
          <div className="stack">
            <div className="spread">
              <strong>{mailbox.name}</strong>
              <State mailbox={mailbox} />
            </div>
            <Trouble mailbox={mailbox} />
            <span className="quiet">{mailbox.auth.user}</span>
            <Collected mailbox={mailbox} labelled />
            <div className="spread">
              <span className="quiet">
                {t('lastRead')} <RelativeTime at={mailbox.lastReadAt} />
              </span>
              <EnabledSwitch mailbox={mailbox} />
            </div>
            <Actions mailbox={mailbox} {...handlers} />
          </div>
        )}
      />
      <MailboxDrawer
        open={edited !== null}
        mailbox={edited === 'new' ? undefined : (edited ?? undefined)}
        onClose={() => setEdited(null)}
      />
      {verification.dialog}
    </>
  );
}

interface Handlers {
  onEdit: (mailbox: Mailbox) => void;
  onVerify: (mailbox: Mailbox) => void;
}

function useColumns(handlers: Handlers): Column<Mailbox>[] {
  const { t } = useTranslation('mailboxes');
  return [
    {
      title: t('name'),
      key: 'name',
      render: (_, { name, auth, host, port }) => (
        <div className="two-lines">
          <strong className="ellipsis" title={name}>
            {name}
          </strong>
          <span className="ellipsis" title={`${auth.user} · ${host}:${port}`}>
            {auth.user} · {host}:{port}
          </span>
        </div>
      ),
    },
    {
      title: t('stateTitle'),
      key: 'state',
      render: (_, mailbox) => (
        <div className="stack account-error">
          <State mailbox={mailbox} />
          <Trouble mailbox={mailbox} />
        </div>
      ),
    },
    { title: t('lastRead'), key: 'lastRead', render: (_, { lastReadAt }) => <RelativeTime at={lastReadAt} /> },
    {
      title: t('processed'),
      key: 'processed',
      render: (_, mailbox) => <Collected mailbox={mailbox} />,
    },
    { title: t('enabled'), key: 'enabled', render: (_, mailbox) => <EnabledSwitch mailbox={mailbox} /> },
    {
      title: <span className="visually-hidden">{t('actions')}</span>,
      key: 'actions',
      align: 'right',
      render: (_, mailbox) => <Actions mailbox={mailbox} {...handlers} />,
    },
  ];
}

const TONES = {
  connecting: 'processing',
  idle: 'success',
  polling: 'success',
  error: 'error',
  disabled: 'default',
} as const;

function State({ mailbox: { state } }: { mailbox: Mailbox }) {
  const { t } = useTranslation('mailboxes');
  return (
    <span>
      <Tag color={TONES[state]}>{t(`state.${state}`)}</Tag>
    </span>
  );
}

/** Why it can't be read, and why judged mail is left as it is. */
function Trouble({ mailbox: { state, lastError, keepProblem } }: { mailbox: Mailbox }) {
  const { t } = useTranslation('mailboxes');
  const read = useStoredError();
  const error = state === 'error' && lastError ? read(lastError) : null;
  return (
    <>
      {error && (
        <span className="two-rows" title={error.words}>
          {error.cause}
        </span>
      )}
      {keepProblem && <span className="quiet">{t(`keepProblem.${keepProblem}`)}</span>}
    </>
  );
}

function EnabledSwitch({ mailbox }: { mailbox: Mailbox }) {
  const { t } = useTranslation('mailboxes');
  const report = useReport();
  const [busy, setBusy] = useState(false);
  const change = async (enabled: boolean) => {
    setBusy(true);
    try {
      const { id, version } = mailbox;
      await answer(api.PATCH('/api/v1/mailboxes/{id}', { params: { path: { id } }, body: { enabled, version } }));
    } catch (error) {
      report(error);
    } finally {
      await queryClient.invalidateQueries({ queryKey: ['mailboxes'] });
      setBusy(false);
    }
  };
  return (
    <Switch
      checked={mailbox.enabled}
      loading={busy}
      aria-label={t('enabledOf', { name: mailbox.name })}
      onChange={(on) => void change(on)}
    />
  );
}

function Actions({ mailbox, onEdit, onVerify }: Handlers & { mailbox: Mailbox }) {
  const { t } = useTranslation('mailboxes');
  const ask = useConfirm();
  const { message } = App.useApp();
  const remove = () =>
    ask({
      question: t('deleteQuestion', { name: mailbox.name }),
      consequence: t('deleteText'),
      confirm: t('delete'),
      onConfirm: async () => {
        await answer(api.DELETE('/api/v1/mailboxes/{id}', { params: { path: { id: mailbox.id } } }));
        await queryClient.invalidateQueries({ queryKey: ['mailboxes'] });
        message.success(t('deleted'));
      },
    });
  return (
    <div className="row-actions">
      <Button size="small" onClick={() => onVerify(mailbox)}>
        {t('verify')}
      </Button>
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            { key: 'edit', label: t('edit'), onClick: () => onEdit(mailbox) },
            { key: 'delete', label: t('delete'), danger: true, onClick: remove },
          ],
        }}
      >
        <Button size="small" aria-label={t('moreFor', { name: mailbox.name })}>
          ⋯
        </Button>
      </Dropdown>
    </div>
  );
}

/** Tries a stored mailbox and shows the steps. */
function useVerification() {
  const { t } = useTranslation('mailboxes');
  const report = useReport();
  const [mailbox, setMailbox] = useState<Mailbox | null>(null);
  const [result, setResult] = useState<Resource<'VerifyResult'>>();
  const start = async (chosen: Mailbox) => {
    setMailbox(chosen);
    setResult(undefined);
    try {
      setResult(await answer(api.POST('/api/v1/mailboxes/{id}/verify', { params: { path: { id: chosen.id } } })));
    } catch (error) {
      setMailbox(null);
      report(error);
    }
  };
  const dialog = (
    <Modal
      open={mailbox !== null}
      title={t('verifyTitle', { name: mailbox?.name ?? '' })}
      footer={null}
      onCancel={() => setMailbox(null)}
    >
      <VerifySteps result={result} running={mailbox !== null && !result} />
    </Modal>
  );
  return { start: (chosen: Mailbox) => void start(chosen), dialog };
}
