import { useTranslation } from 'react-i18next';
import { TabLinks } from '../components/tab-links.js';

/** All mail, what waits for people, and what was learned from them. */
export function ReviewTabs({ current }: { current: 'review' | 'rules' }) {
  const { t } = useTranslation('review');
  return (
    <TabLinks
      label={t('tabs')}
      current={current}
      items={[
        { key: 'all', label: t('all'), to: '/inbound' },
        { key: 'review', label: t('title'), to: '/inbound/review' },
        { key: 'rules', label: t('rules.title'), to: '/inbound/rules' },
      ]}
    />
  );
}
