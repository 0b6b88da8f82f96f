import { Button, Input, Select, Table, Tag, type TableColumnType } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api/client.js';
import { queryClient } from '../api/query.js';
import { useConfirm } from '../components/confirm-button.js';
import { Count } from '../components/count.js';
import { useNarrow } from '../components/use-narrow.js';
import { useAddressReason } from '../words/index.js';
import type { Cleaning } from './cleaning-status.js';

type Found = Cleaning['reasons'][number];
type Action = NonNullable<Cleaning['actions']>[number]['action'];
type Choices = Partial<Record<Found['reason'], Action>>;
const ACTIONS: Record<Cleaning['kind'], Action[]> = {
  list: ['keep', 'leave', 'suppress', 'correct', 'tag'],
  invite: ['keep', 'invite'],
  suppress: ['keep', 'suppress'],
};

/** In a sunset its own step; else invalid addresses leave the list, slips are corrected, and risky ones are for a person to decide about. */
function proposed({ reason, verdict }: Found, kind: Cleaning['kind']): Action {
  if (kind !== 'list') return kind;
  if (reason === 'typo') return 'correct';
  return verdict === 'invalid' ? 'leave' : 'keep';
}

/** What was found by reason, with samples, and what to do about each. */
export function ReasonTable({ cleaning }: { cleaning: Cleaning }) {
  const { t } = useTranslation('cleaning');
  const reasonOf = useAddressReason();
  const narrow = useNarrow();
  const [choices, setChoices] = useState<Choices>({});
  const [tag, setTag] = useState('');
  const ready = cleaning.status === 'ready';
  const actionOf = (found: Found): Action =>
    ready
      ? (choices[found.reason] ?? proposed(found, cleaning.kind))
      : (cleaning.actions?.find(({ reason }) => reason === found.reason)?.action ?? 'keep');
  const chosen = (found: Found) =>
    ready ? (
      <Select<Action>
        aria-label={t('actionFor', { reason: reasonOf(found.reason) })}
        value={actionOf(found)}
        popupMatchSelectWidth={false}
        options={ACTIONS[cleaning.kind]
          .filter((action) => action !== 'correct' || found.reason === 'typo')
          .map((value) => ({
            value,
            label: t(`actionName.${value}`),
          }))}
        onChange={(action) => setChoices({ ...choices, [found.reason]: action })}
      />
    ) : (
      t(`actionName.${actionOf(found)}`)
    );
  const columns: TableColumnType<Found>[] = [
    { title: t('reason'), key: 'reason', render: (_, found) => <Reason found={found} kind={cleaning.kind} /> },
    { title: t('addresses'), key: 'count', align: 'right', render: (_, { count }) => <Count value={count} /> },
    { title: t('samples'), key: 'samples', render: (_, found) => <Samples found={found} /> },
    { title: t('action'), key: 'action', render: (_, found) => chosen(found) },
  ];
  return (
    <section className="gap-below">
      <h2>{t('byReason')}</h2>
      {narrow ? (
        <ul className="card-list" aria-label={t('byReason')}>
          {cleaning.reasons.map((found) => (
            <li key={found.reason} className="stack">
              <Reason found={found} kind={cleaning.kind} />
              <Samples found={found} />
              <div className="spread">
                <strong>
                  <Count value={found.count} />
                </strong>
                {chosen(found)}
              </div>
            </li>
          ))}
        </ul>
      ) : (
        <div className="panel panel-table">
          <Table<Found>
            aria-label={t('byReason')}
            rowKey="reason"
            size="medium"
            pagination={false}
            columns={columns}
            dataSource={cleaning.reasons}
          />
        </div>
      )}
      {ready && <ApplyBar cleaning={cleaning} actionOf={actionOf} tag={tag} onTag={setTag} />}
    </section>
  );
}

function Reason({ found: { reason, verdict }, kind }: { found: Found; kind: Cleaning['kind'] }) {
  const { t } = useTranslation('cleaning');
  const reasonOf = useAddressReason();
  return (
    <div>
      {reasonOf(reason)} <Tag color={verdict === 'invalid' ? 'error' : 'warning'}>{t(`verdict.${verdict}`)}</Tag>
      <span className="quiet small block">{t(kind === 'list' ? `reasonHelp.${reason}` : `sunset.reason.${kind}`)}</span>
    </div>
  );
}

function Samples({ found: { samples } }: { found: Found }) {
  return (
    <span className="quiet small break" translate="no">
      {samples.join(' · ') || '–'}
    </span>
  );
}

function ApplyBar({
  cleaning,
  actionOf,
  tag,
  onTag,
}: {
  cleaning: Cleaning;
  actionOf: (found: Found) => Action;
  tag: string;
  onTag: (tag: string) => void;
}) {
  const { t } = useTranslation('cleaning');
  const ask = useConfirm();
  const actions = cleaning.reasons.map((found) => ({ reason: found.reason, action: actionOf(found) }));
  const totals = ACTIONS[cleaning.kind]
    .filter((action) => action !== 'keep')
    .map((action) => ({
      action,
      count: cleaning.reasons.filter((found) => actionOf(found) === action).reduce((sum, { count }) => sum + count, 0),
    }))
    .filter(({ count }) => count > 0);
  const needsTag = totals.some(({ action }) => action === 'tag');
  const apply = async () => {
    const body = { actions, ...(needsTag ? { tag: tag.trim() } : {}) };
    await answer(api.POST('/api/v1/cleanings/{id}/apply', { params: { path: { id: cleaning.id } }, body }));
    for (const name of ['cleanings', `cleanings-${cleaning.listId}`, 'lists', 'contacts', 'tags', 'suppressions']) {
      await queryClient.invalidateQueries({ queryKey: [name] });
    }
  };
  return (
    <div className="apply-bar">
      {needsTag && (
        <Input
          aria-label={t('tagName')}
          placeholder={t('tagName')}
          maxLength={60}
          value={tag}
          onChange={(event) => onTag(event.target.value)}
        />
      )}
      <Button
        type="primary"
        disabled={totals.length === 0 || (needsTag && tag.trim() === '')}
        onClick={() =>
          ask({
            question: t('applyQuestion'),
            consequence: (
              <ul className="plain-list">
                {totals.map(({ action, count }) => (
                  <li key={action}>{t(`will.${action}`, { count, tag: tag.trim() })}</li>
                ))}
                <li className="quiet">{t('undoable')}</li>
              </ul>
            ),
            confirm: t('apply'),
            danger: false,
            onConfirm: apply,
          })
        }
      >
        {t('apply')}
      </Button>
      {totals.length === 0 && <span className="quiet">{t('nothingChosen')}</span>}
    </div>
  );
}
