import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answer, api } from '../api/client.js';
import { queryClient } from '../api/query.js';
import { useConfirm } from '../components/confirm-button.js';
import type { Campaign } from './report-query.js';

const ACTIONS = ['resend', 'settle-accepted', 'settle-skipped'] as const;

/** Messages whose fate nobody knows: the connection died after the last byte. A person decides. */
export function UncertainNotice({ campaign, count }: { campaign: Campaign; count: number }) {
  const { t } = useTranslation('report');
  const ask = useConfirm();
  // A cancelled campaign sends nothing any more.
  const actions = ACTIONS.filter((action) => action !== 'resend' || campaign.status !== 'cancelled');
  const settle = (action: (typeof ACTIONS)[number]) =>
    ask({
      question: t(`uncertain.question.${action}`, { count }),
      consequence: t(`uncertain.consequence.${action}`),
      confirm: t(`uncertain.action.${action}`),
      danger: action === 'resend',
      onConfirm: async () => {
        const params = { path: { id: campaign.id } };
        await answer(api.POST('/api/v1/campaigns/{id}/uncertain', { params, body: { action } }));
        await queryClient.invalidateQueries({ queryKey: ['campaigns'] });
      },
    });
  return (
    <Alert
      type="warning"
      showIcon
      className="uncertain gap-below"
      title={t('uncertain.title', { count })}
      description={
        <>
          <p>
            {t(campaign.status === 'cancelled' ? 'uncertain.textCancelled' : 'uncertain.text')}{' '}
            <Link to="?tab=recipients&status=uncertain">{t('uncertain.who')}</Link>
          </p>
          <div className="row-actions uncertain-actions">
            {actions.map((action) => (
              <Button key={action} onClick={() => settle(action)}>
                {t(`uncertain.action.${action}`)}
              </Button>
            ))}
          </div>
        </>
      }
    />
  );
}
