import { ApartmentOutlined, FieldTimeOutlined, PlusOutlined, SafetyCertificateOutlined } from '@ant-design/icons';
import { App, Button, Dropdown, Modal, Switch, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api/client.js';
import { useReport } from '../api/problem.js';
import { queryClient } from '../api/query.js';
import type { Resource } from '../api/types.js';
import { useConfirm } from '../components/confirm-button.js';
import { DataTable, type Column } from '../components/data-table.js';
import { EmptyState } from '../components/empty-state.js';
import { LinkButton } from '../components/link-button.js';
import { PageHeader } from '../components/page-header.js';
import { RelativeTime } from '../components/relative-time.js';
import { VerifySteps, useStoredError } from '../components/verify-steps.js';
import { SenderDrawer } from './sender-drawer.js';

type Account = Resource<'SmtpAccount'>;

/** The servers that take our mail: health, limits, and a way to try each. */
export default function SendersScreen() {
  const { t } = useTranslation('senders');
  const [total, setTotal] = useState<number>();
  const [edited, setEdited] = useState<Account | 'new' | null>(null);
  const verification = useVerification();
  const create = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited('new')}>
      {t('create')}
    </Button>
  );
  const live = (
    <LinkButton icon={<FieldTimeOutlined />} to="/settings/sending">
      {t('live.show')}
    </LinkButton>
  );
  const handlers = { onEdit: setEdited, onVerify: verification.start };
  return (
    <>
      <PageHeader
        title={t('title')}
        count={total}
        description={t('description')}
        actions={
          <>
            <LinkButton icon={<SafetyCertificateOutlined />} to="/settings/domains">
              {t('domains')}
            </LinkButton>
            {live}
            {create}
          </>
        }
      />
      <DataTable<Account>
        name="smtp-accounts"
        label={t('title')}
        load={(query) => answer(api.GET('/api/v1/smtp-accounts', { params: { query } }))}
        onTotal={setTotal}
        columns={useColumns(handlers)}
        refetchInterval={30_000}
        empty={
          <EmptyState icon={<ApartmentOutlined />} title={t('empty.title')} text={t('empty.text')} action={create} />
        }
        card={(account) => (
          <div className="stack">
            <div className="spread">
              <strong>{account.name}</strong>
              <Health account={account} />
            </div>
            <span className="quiet">
              {account.host}:{account.port}
            </span>
            <Actions account={account} {...handlers} />
          </div>
        )}
      />
      <SenderDrawer
        open={edited !== null}
        account={edited === 'new' ? undefined : (edited ?? undefined)}
        onClose={() => setEdited(null)}
      />
      {verification.dialog}
    </>
  );
}

interface Handlers {
  onEdit: (account: Account) => void;
  onVerify: (account: Account) => void;
}

function useColumns(handlers: Handlers): Column<Account>[] {
  const { t } = useTranslation('senders');
  return [
    {
      title: t('name'),
      key: 'name',
      render: (_, account) => (
        <div className="two-lines">
          <strong className="ellipsis" title={account.name}>
            {account.name} {account.kind === 'sandbox' && <Tag color="processing">{t('sandbox')}</Tag>}
          </strong>
          <span className="ellipsis">
            {account.host}:{account.port} · {t(`security.${account.security}`)}
          </span>
        </div>
      ),
    },
    { title: t('healthTitle'), key: 'health', render: (_, account) => <Health account={account} /> },
    {
      title: t('fromDomains'),
      key: 'domains',
      render: (_, { fromDomains }) => (
        <span className="ellipsis clip-fifth" title={fromDomains.join(', ')}>
          {fromDomains.length > 0 ? fromDomains.join(', ') : t('anyDomain')}
        </span>
      ),
    },
    { title: t('limitsTitle'), key: 'limits', render: (_, { limits }) => <Limits limits={limits} /> },
    { title: t('enabled'), key: 'enabled', render: (_, account) => <EnabledSwitch account={account} /> },
    {
      title: <span className="visually-hidden">{t('actions')}</span>,
      key: 'actions',
      align: 'right',
      render: (_, account) => <Actions account={account} {...handlers} />,
    },
  ];
}

function Health({ account: { health, lastError, lastErrorAt, enabled } }: { account: Account }) {
  const { t } = useTranslation('senders');
  const read = useStoredError();
  const tone = { ok: 'success', failing: 'error', unknown: 'default' } as const;
  const error = health === 'failing' && lastError ? read(lastError) : null;
  return (
    <div className="stack account-error">
      <span>
        <Tag color={enabled ? tone[health] : 'default'}>{enabled ? t(`health.${health}`) : t('disabled')}</Tag>
      </span>
      {error && (
        <span className="two-rows" title={error.words}>
          {error.cause}
          {lastErrorAt && (
            <span className="quiet">
              {' · '}
              <RelativeTime at={lastErrorAt} />
            </span>
          )}
        </span>
      )}
    </div>
  );
}

function Limits({ limits }: { limits: Account['limits'] }) {
  const { t, i18n } = useTranslation('senders');
  const number = new Intl.NumberFormat(i18n.language);
  const set = (['perSecond', 'perMinute', 'perHour', 'perDay'] as const).filter((key) => limits[key] !== undefined);
  if (set.length === 0) return <span className="quiet">{t('unlimited')}</span>;
  return <>{set.map((key) => t(`limitShort.${key}`, { number: number.format(limits[key]!) })).join(' · ')}</>;
}

function EnabledSwitch({ account }: { account: Account }) {
  const { t } = useTranslation('senders');
  const report = useReport();
  const [busy, setBusy] = useState(false);
  const change = async (enabled: boolean) => {
    setBusy(true);
    try {
      const { id, version } = account;
      await answer(api.PATCH('/api/v1/smtp-accounts/{id}', { params: { path: { id } }, body: { enabled, version } }));
    } catch (error) {
      report(error);
    } finally {
      await queryClient.invalidateQueries({ queryKey: ['smtp-accounts'] });
      setBusy(false);
    }
  };
  return (
    <Switch
      checked={account.enabled}
      loading={busy}
      aria-label={t('enabledOf', { name: account.name })}
      onChange={(on) => void change(on)}
    />
  );
}

function Actions({ account, onEdit, onVerify }: Handlers & { account: Account }) {
  const { t } = useTranslation('senders');
  const ask = useConfirm();
  const { message } = App.useApp();
  const remove = () =>
    ask({
      question: t('deleteQuestion', { name: account.name }),
      consequence: t('deleteText'),
      confirm: t('delete'),
      onConfirm: async () => {
        await answer(api.DELETE('/api/v1/smtp-accounts/{id}', { params: { path: { id: account.id } } }));
        await queryClient.invalidateQueries({ queryKey: ['smtp-accounts'] });
        message.success(t('deleted'));
      },
    });
  const items = [
    { key: 'edit', label: t('edit'), onClick: () => onEdit(account) },
    ...(account.kind === 'smtp' ? [{ key: 'delete', label: t('delete'), danger: true, onClick: remove }] : []),
  ];
  return (
    <div className="row-actions">
      <Button size="small" onClick={() => onVerify(account)}>
        {t('verify')}
      </Button>
      <Dropdown trigger={['click']} menu={{ items }}>
        <Button size="small" aria-label={t('moreFor', { name: account.name })}>
          ⋯
        </Button>
      </Dropdown>
    </div>
  );
}

/** Tries a stored account and shows the steps. */
function useVerification() {
  const { t } = useTranslation('senders');
  const report = useReport();
  const [account, setAccount] = useState<Account | null>(null);
  const [result, setResult] = useState<Resource<'VerifyResult'>>();
  const start = async (chosen: Account) => {
    setAccount(chosen);
    setResult(undefined);
    try {
      setResult(await answer(api.POST('/api/v1/smtp-accounts/{id}/verify', { params: { path: { id: chosen.id } } })));
      await queryClient.invalidateQueries({ queryKey: ['smtp-accounts'] });
    } catch (error) {
      setAccount(null);
      report(error);
    }
  };
  const dialog = (
    <Modal
      open={account !== null}
      title={t('verifyTitle', { name: account?.name ?? '' })}
      footer={null}
      onCancel={() => setAccount(null)}
    >
      <VerifySteps result={result} running={account !== null && !result} />
    </Modal>
  );
  return { start: (chosen: Account) => void start(chosen), dialog };
}
