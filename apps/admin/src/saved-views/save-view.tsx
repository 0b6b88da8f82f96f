import { StarOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api/client.js';
import { NameDialog } from './name-dialog.js';
import { reloadViews, useViews, type ViewsProps } from './views-query.js';

/** Shown while the list is filtered as no view is yet. */
export default function SaveView({ page, current, normal }: ViewsProps) {
  const { t } = useTranslation('savedViews');
  const { message } = App.useApp();
  const [open, setOpen] = useState(false);
  const views = useViews(page);
  const isKept = views?.some(({ query }) => normal(query) === current) ?? true;
  const keep = async (name: string) => {
    const same = views?.find((view) => view.name === name);
    await (same
      ? answer(api.PATCH('/api/v1/saved-views/{id}', { params: { path: { id: same.id } }, body: { query: current } }))
      : answer(api.POST('/api/v1/saved-views', { body: { page, name, query: current } })));
    await reloadViews();
    message.success(t('kept', { name }));
  };
  return (
    <>
      {!isKept && (
        <Button type="link" icon={<StarOutlined aria-hidden="true" />} onClick={() => setOpen(true)}>
          {t('save')}
        </Button>
      )}
      <NameDialog
        open={open}
        onClose={() => setOpen(false)}
        title={t('saveTitle')}
        help={t('saveHelp')}
        initial=""
        others={views?.map(({ name }) => name) ?? []}
        mayReplace
        onName={keep}
      />
    </>
  );
}
