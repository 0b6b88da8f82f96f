import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { AbReport } from './ab-query.js';
import { useStateText } from './use-state-text.js';

/** Why the rest of a campaign is not being sent just now; nothing once that is decided. */
export default function ReportNotice({ report }: { report: AbReport }) {
  const { t } = useTranslation('abTest');
  const text = useStateText(report);
  if (!text) return null;
  return (
    <Alert
      type={report.state === 'asking' ? 'warning' : 'info'}
      showIcon
      className="gap-below"
      title={text}
      action={<Link to="?tab=ab">{t('report.open')}</Link>}
    />
  );
}
