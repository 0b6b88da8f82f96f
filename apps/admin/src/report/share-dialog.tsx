import { ShareAltOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Modal, Select, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api/client.js';
import { useReport } from '../api/problem.js';
import { ConfirmButton } from '../components/confirm-button.js';
import { CopyField } from '../components/copy-field.js';
import { Instant } from '../components/relative-time.js';

const DAYS = [1, 7, 14, 30, 90];

/** Links under which anybody may read this report for a while; they name nobody, and can be withdrawn. */
export function ShareButton({ campaignId }: { campaignId: string }) {
  const { t } = useTranslation('report');
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon={<ShareAltOutlined />} onClick={() => setOpen(true)}>
        {t('share.button')}
      </Button>
      <Modal open={open} onCancel={() => setOpen(false)} title={t('share.title')} footer={null} destroyOnHidden>
        <Links campaignId={campaignId} />
      </Modal>
    </>
  );
}

function Links({ campaignId }: { campaignId: string }) {
  const { t } = useTranslation('report');
  const report = useReport();
  const [days, setDays] = useState(14);
  const [link, setLink] = useState<string>();
  const [busy, setBusy] = useState(false);
  const path = { id: campaignId };
  const { data, refetch } = useQuery({
    queryKey: ['shares', campaignId],
    queryFn: () => answer(api.GET('/api/v1/campaigns/{id}/shares', { params: { path } })),
  });
  const create = async () => {
    setBusy(true);
    try {
      const { token } = await answer(api.POST('/api/v1/campaigns/{id}/shares', { params: { path }, body: { days } }));
      setLink(`${window.location.origin}/shared/${token}`);
      await refetch();
    } catch (error) {
      report(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="stack gap-16">
      <p className="quiet">{t('share.text')}</p>
      <div className="share-new">
        <Select
          aria-label={t('share.for')}
          value={days}
          onChange={setDays}
          options={DAYS.map((value) => ({ value, label: t('share.days', { count: value }) }))}
        />
        <Button type="primary" loading={busy} onClick={() => void create()}>
          {t('share.create')}
        </Button>
      </div>
      {link && (
        <>
          <CopyField value={link} label={t('share.link')} />
          <Alert type="info" showIcon title={t('share.once')} />
        </>
      )}
      {!data && <Skeleton active title={false} paragraph={{ rows: 2 }} />}
      {data && data.items.length > 0 && (
        <ul className="plain-list divided" aria-label={t('share.valid')}>
          {data.items.map(({ id, createdAt, expiresAt }) => (
            <li key={id} className="spread">
              <span className="small">
                {t('share.made')} <Instant at={createdAt} /> · {t('share.until')} <Instant at={expiresAt} />
              </span>
              <ConfirmButton
                size="small"
                danger
                question={t('share.withdrawQuestion')}
                consequence={t('share.withdrawText')}
                confirm={t('share.withdraw')}
                onConfirm={async () => {
                  await answer(api.DELETE('/api/v1/shares/{id}', { params: { path: { id } } }));
                  await refetch();
                }}
              >
                {t('share.withdraw')}
              </ConfirmButton>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
