import { App, Button, Dropdown } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answer, api } from '../api/client.js';
import { useReport } from '../api/problem.js';
import { NameDialog } from './name-dialog.js';
import './saved-views.css';
import { reloadViews, useViews, type View, type ViewsProps } from './views-query.js';

const UNDO_SECONDS = 10;

/** The views of a list as links; the one that is shown has a menu. Nothing while there are none. */
export default function ViewLinks({ page, current, normal }: ViewsProps) {
  const { t } = useTranslation('savedViews');
  const views = useViews(page);
  if (!views?.length) return null;
  return (
    <nav className="view-links" aria-label={t('title')}>
      <ul>
        {views.map((view) => {
          const isCurrent = normal(view.query) === current;
          return (
            <li key={view.id} className="view-link" data-current={isCurrent}>
              <Link
                to={{ search: view.query }}
                className="ellipsis"
                title={view.name}
                {...(isCurrent ? { 'aria-current': 'page' as const } : {})}
              >
                {view.name}
              </Link>
              {isCurrent && <ViewMenu view={view} others={views.filter(({ id }) => id !== view.id)} />}
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

function ViewMenu({ view, others }: { view: View; others: View[] }) {
  const { t } = useTranslation('savedViews');
  const [renaming, setRenaming] = useState(false);
  const remove = useRemove(view);
  const rename = async (name: string) => {
    await answer(api.PATCH('/api/v1/saved-views/{id}', { params: { path: { id: view.id } }, body: { name } }));
    await reloadViews();
  };
  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            { key: 'rename', label: t('rename'), onClick: () => setRenaming(true) },
            { key: 'delete', label: t('delete'), danger: true, onClick: () => void remove() },
          ],
        }}
      >
        <Button size="small" type="text" aria-label={t('moreFor', { name: view.name })}>
          ⋯
        </Button>
      </Dropdown>
      <NameDialog
        open={renaming}
        onClose={() => setRenaming(false)}
        title={t('renameTitle')}
        initial={view.name}
        others={others.map(({ name }) => name)}
        mayReplace={false}
        onName={rename}
      />
    </>
  );
}

/** Deletes at once, with a way back. */
function useRemove(view: View): () => Promise<void> {
  const { t } = useTranslation('savedViews');
  const { notification } = App.useApp();
  const report = useReport();
  const key = `saved-view-${view.id}`;
  const undo = async () => {
    notification.destroy(key);
    const { page, name, query, position } = view;
    await answer(api.POST('/api/v1/saved-views', { body: { page, name, query, position } })).then(reloadViews, report);
  };
  return async () => {
    try {
      await answer(api.DELETE('/api/v1/saved-views/{id}', { params: { path: { id: view.id } } }));
    } catch (error) {
      return report(error);
    }
    await reloadViews();
    notification.open({
      key,
      placement: 'bottomRight',
      title: t('deleted', { name: view.name }),
      duration: UNDO_SECONDS,
      actions: (
        <Button type="primary" onClick={() => void undo()}>
          {t('undo')}
        </Button>
      ),
    });
  };
}
