import { HistoryOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api/client.js';
import { queryClient } from '../api/query.js';
import type { Resource } from '../api/types.js';
import { ConfirmButton } from '../components/confirm-button.js';
import { DataTable, type Column } from '../components/data-table.js';
import { EmptyState } from '../components/empty-state.js';
import { RelativeTime } from '../components/relative-time.js';

type Change = Resource<'HygieneChange'>;

/** What was changed, by whom and with what effect; the latest of each row can be undone. */
export function Changes() {
  const { t } = useTranslation('hygiene');
  const columns: Column<Change>[] = [
    { title: t('rowColumn'), key: 'rule', render: (_, { rule }) => t(`rule.${rule}.title`) },
    { title: t('change'), key: 'change', render: (_, change) => <Difference change={change} /> },
    { title: t('replayed'), key: 'effect', render: (_, change) => <Effect change={change} /> },
    { title: t('by'), key: 'by', render: (_, { actor, at }) => <By actor={actor} at={at} /> },
    {
      title: <span className="visually-hidden">{t('undo')}</span>,
      key: 'undo',
      align: 'right',
      render: (_, change) => <Undo change={change} />,
    },
  ];
  return (
    <section style={{ marginTop: 24 }}>
      <h2 className="panel-title">{t('changes')}</h2>
      <DataTable<Change>
        name="hygiene-changes"
        label={t('changes')}
        load={(query) => answer(api.GET('/api/v1/hygiene/changes', { params: { query } }))}
        columns={columns}
        empty={<EmptyState icon={<HistoryOutlined />} title={t('empty.title')} text={t('empty.text')} />}
        card={(change) => (
          <div className="stack">
            <div className="spread">
              <strong>{t(`rule.${change.rule}.title`)}</strong>
              <Undo change={change} />
            </div>
            <Difference change={change} />
            <Effect change={change} />
            <By actor={change.actor} at={change.at} />
          </div>
        )}
      />
    </section>
  );
}

function Difference({ change: { rule, before, after } }: { change: Change }) {
  const { t } = useTranslation('hygiene');
  const names = Object.keys(after.parameters).filter((name) => after.parameters[name] !== before.parameters[name]);
  return (
    <ul className="plain-list">
      {before.enabled !== after.enabled && <li>{t(after.enabled ? 'switchedOn' : 'switchedOff')}</li>}
      {names.map((name) => (
        <li key={name}>
          {t(`rule.${rule}.${name}`)} {before.parameters[name]} → {after.parameters[name]}
        </li>
      ))}
    </ul>
  );
}

function Effect({ change: { suppressed, freed } }: { change: Change }) {
  const { t } = useTranslation('hygiene');
  return suppressed + freed === 0 ? '–' : t('effectCounts', { suppressed, freed });
}

function By({ actor, at }: Pick<Change, 'actor' | 'at'>) {
  return (
    <span>
      {actor} · <RelativeTime at={at} />
    </span>
  );
}

function Undo({ change }: { change: Change }) {
  const { t } = useTranslation('hygiene');
  if (change.undoneAt) return <span className="quiet">{t('undone')}</span>;
  if (!change.undoable) return null;
  return (
    <ConfirmButton
      size="small"
      question={t('undoQuestion')}
      consequence={t('undoText')}
      confirm={t('undo')}
      onConfirm={async () => {
        await answer(api.POST('/api/v1/hygiene/changes/{id}/undo', { params: { path: { id: change.id } } }));
        for (const name of ['hygiene', 'hygiene-changes', 'suppressions', 'contacts']) {
          await queryClient.invalidateQueries({ queryKey: [name] });
        }
      }}
    >
      {t('undo')}
    </ConfirmButton>
  );
}
