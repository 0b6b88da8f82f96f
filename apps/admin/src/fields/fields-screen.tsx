import { Tabs } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { PageHeader } from '../components/page-header.js';
import { FieldsTab } from './fields-tab.js';
import { TagsTab } from './tags-tab.js';

/** Custom fields and tags: what the workspace can say about a contact. */
export default function FieldsScreen() {
  const { t } = useTranslation('fields');
  const [params, setParams] = useSearchParams();
  const tab = params.get('tab') === 'tags' ? 'tags' : 'fields';
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} />
      <Tabs
        activeKey={tab}
        onChange={(key) => setParams(key === 'tags' ? { tab: 'tags' } : {}, { replace: true })}
        destroyOnHidden
        items={[
          { key: 'fields', label: t('fields.title'), children: <FieldsTab /> },
          { key: 'tags', label: t('tags.title'), children: <TagsTab /> },
        ]}
      />
    </>
  );
}
