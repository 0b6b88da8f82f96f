import { useQuery } from '@tanstack/react-query';
import { Alert, App, Button, Drawer, Skeleton, Table, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api/client.js';
import { useReport } from '../api/problem.js';
import { queryClient } from '../api/query.js';
import type { Resource } from '../api/types.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { Instant } from '../components/relative-time.js';
import { useNarrow } from '../components/use-narrow.js';

type Preview = Resource<'HygienePreview'>;
const COLOURS = { suppressed: 'error', backed_off: 'warning', freed: 'success' } as const;

/** A row as somebody wants it. */
export interface Proposal {
  row: Resource<'HygieneRow'>;
  setting: { enabled: boolean; parameters: Record<string, number> };
}

/** Whom a changed row would have hit, before it is saved. */
export function RulePreview({ proposal, onClose }: { proposal: Proposal | undefined; onClose: () => void }) {
  const { t } = useTranslation('hygiene');
  const narrow = useNarrow();
  return (
    <Drawer
      title={proposal && t('previewTitle', { rule: t(`rule.${proposal.row.rule}.title`) })}
      open={proposal !== undefined}
      onClose={onClose}
      size={narrow ? '100%' : 640}
      destroyOnHidden
    >
      {proposal && <Found proposal={proposal} onClose={onClose} />}
    </Drawer>
  );
}

function Found({ proposal, onClose }: { proposal: Proposal; onClose: () => void }) {
  const { row, setting } = proposal;
  const { t } = useTranslation('hygiene');
  const { data, error, refetch } = useQuery({
    queryKey: ['hygiene', 'preview', row.rule, setting],
    queryFn: () =>
      answer(api.POST('/api/v1/hygiene/{rule}/preview', { params: { path: { rule: row.rule } }, body: setting })),
    gcTime: 0,
  });
  if (error) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton active />;
  const touched = data.suppressed + data.backedOff + data.freed;
  return (
    <div className="stack gap-16">
      <Alert type={touched > 0 ? 'warning' : 'info'} showIcon title={summary(t, row.rule, data)} />
      {!data.complete && <Alert type="info" showIcon title={t('incomplete', { count: data.looked })} />}
      {data.examples.length > 0 && <Examples examples={data.examples} more={touched - data.examples.length} />}
      <Save proposal={proposal} touched={touched} onClose={onClose} />
    </div>
  );
}

function summary(t: ReturnType<typeof useTranslation<'hygiene'>>['t'], rule: string, data: Preview): string {
  if (rule === 'blocked') return t('touchesNobody');
  const { looked, suppressed, backedOff, freed } = data;
  if (suppressed + backedOff + freed === 0) return t('nobody', { looked });
  return t('found', { looked, suppressed, backedOff, freed });
}

function Examples({ examples, more }: { examples: Preview['examples']; more: number }) {
  const { t } = useTranslation('hygiene');
  return (
    <div>
      <Table
        size="small"
        rowKey="address"
        pagination={false}
        scroll={{ x: 'max-content', y: 360 }}
        dataSource={examples}
        columns={[
          { title: t('address'), dataIndex: 'address' },
          {
            title: t('effect'),
            key: 'effect',
            render: (_, { effect, until }) => (
              <>
                <Tag color={COLOURS[effect]}>{t(`effects.${effect}`)}</Tag>
                {until && <Instant at={until} />}
              </>
            ),
          },
          { title: t('bounces'), dataIndex: 'bounces', align: 'right' },
          { title: t('last'), key: 'last', render: (_, { lastAt }) => <Instant at={lastAt} /> },
        ]}
      />
      {more > 0 && <p className="quiet">{t('more', { count: more })}</p>}
    </div>
  );
}

/** For what comes from now on, or for what is stored as well. */
function Save({ proposal, touched, onClose }: { proposal: Proposal; touched: number; onClose: () => void }) {
  const { row, setting } = proposal;
  const { t } = useTranslation('hygiene');
  const { message } = App.useApp();
  const [busy, setBusy] = useState<'save' | 'replay'>();
  const report = useReport();
  const save = async (replay: boolean) => {
    setBusy(replay ? 'replay' : 'save');
    try {
      await answer(
        api.PATCH('/api/v1/hygiene/{rule}', {
          params: { path: { rule: row.rule } },
          body: { ...setting, version: row.version, replay },
        }),
      );
      message.success(t(replay ? 'savedAndReplayed' : 'saved'));
      onClose();
      for (const name of ['hygiene', 'hygiene-changes', 'suppressions', 'contacts']) {
        await queryClient.invalidateQueries({ queryKey: [name] });
      }
    } catch (error) {
      report(error);
    } finally {
      setBusy(undefined);
    }
  };
  return (
    <div className="stack">
      <div className="links">
        <Button type="primary" loading={busy === 'save'} disabled={busy === 'replay'} onClick={() => void save(false)}>
          {t('save')}
        </Button>
        {touched > 0 && (
          <Button danger loading={busy === 'replay'} disabled={busy === 'save'} onClick={() => void save(true)}>
            {t('saveAndReplay', { count: touched })}
          </Button>
        )}
      </div>
      <p className="quiet">{t('saveHelp')}</p>
    </div>
  );
}
