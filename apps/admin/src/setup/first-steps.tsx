import { ExperimentOutlined, SendOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

/** Step 3: both ways lead to the dashboard's checklist; nothing has to be decided for good. */
export function FirstSteps() {
  const { t } = useTranslation('setup');
  return (
    <div className="choice-cards">
      <Link to="/" className="choice-card">
        <ExperimentOutlined aria-hidden="true" />
        <strong>{t('first.try')}</strong>
        <span>{t('first.tryText')}</span>
      </Link>
      <Link to="/settings/senders" className="choice-card">
        <SendOutlined aria-hidden="true" />
        <strong>{t('first.smtp')}</strong>
        <span>{t('first.smtpText')}</span>
      </Link>
    </div>
  );
}
