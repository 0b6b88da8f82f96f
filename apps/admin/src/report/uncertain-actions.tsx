import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/api-error.js';
import { answer, api } from '../api/client.js';
import { useReport } from '../api/problem.js';
import { queryClient } from '../api/query.js';
import type { BodyOf } from '../api/types.js';
import { useConfirm } from '../components/confirm-button.js';
import { uncertainListKey, type Campaign } from './report-query.js';

type Body = BodyOf<'/api/v1/campaigns/{id}/uncertain', 'post'>;
const ACTIONS = ['resend', 'settle-accepted', 'settle-skipped'] as const;

interface UncertainActionsProps {
  campaign: Campaign;
  /** How many the decision is about; the server refuses it for another number. */
  count: number;
  choice: Pick<Body, 'recipients' | 'filter'>;
  /** Says whom the buttons are about, where that is not clear from their place. */
  label?: string;
  onDone?: () => void;
}

/** Send again, count as accepted, or skip: asked about with the exact number, then told what came of it. */
export function UncertainActions({ campaign, count, choice, label, onDone }: UncertainActionsProps) {
  const { t } = useTranslation('report');
  const { message } = App.useApp();
  const ask = useConfirm();
  const report = useReport();
  const { id, status } = campaign;
  // A cancelled or failed campaign sends nothing any more.
  const dead = status === 'cancelled' || status === 'failed';
  const actions = ACTIONS.filter((action) => action !== 'resend' || !dead);
  const reload = () =>
    Promise.all([['campaigns'], [uncertainListKey(id)]].map((queryKey) => queryClient.invalidateQueries({ queryKey })));
  const settle = async (action: Body['action']) => {
    try {
      const body = { ...choice, action, expected: count };
      const result = await answer(api.POST('/api/v1/campaigns/{id}/uncertain', { params: { path: { id } }, body }));
      message.success(t(`uncertain.done.${action}`, { count: result.settled }));
      if (result.left > 0) message.info(t('uncertain.left', { count: result.left }));
      onDone?.();
    } catch (error) {
      // The question was about a number that is no longer true: it is put again, with the new one.
      if (!(error instanceof ApiError) || error.code !== 'UNCERTAIN_CHANGED') throw error;
      report(error);
    }
    await reload();
  };
  return (
    <div className="row-actions uncertain-actions">
      {label && <strong>{label}</strong>}
      {actions.map((action) => (
        <Button
          key={action}
          onClick={() =>
            ask({
              question: t(`uncertain.question.${action}`, { count }),
              consequence: t(`uncertain.consequence.${action}`),
              confirm: t(`uncertain.confirm.${action}`, { count }),
              danger: action === 'resend',
              onConfirm: () => settle(action),
            })
          }
        >
          {t(`uncertain.action.${action}`)}
        </Button>
      ))}
    </div>
  );
}
