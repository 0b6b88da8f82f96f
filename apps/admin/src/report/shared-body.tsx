import { useTranslation } from 'react-i18next';
import { LinksTab } from './links-tab.js';
import { OverviewTab } from './overview-tab.js';
import type { Report } from './report-query.js';

/** What of a report needs no sign-in: the figures, over time, and the links. */
export function SharedBody({ report }: { report: Report }) {
  const { t } = useTranslation('report');
  return (
    <>
      <OverviewTab report={report} linked={false} />
      <h2 className="shared-part">{t('tab.links')}</h2>
      <LinksTab report={report} />
    </>
  );
}
