import { Form, InputNumber, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import './senders.css';
import type { Account } from './sender-form.js';
import { WarmupFields } from './warmup-fields.js';

const MOST = { perSecond: 10_000, perMinute: 600_000, perHour: 36_000_000, perDay: 500_000_000 } as const;

/** How fast and how much: connections, limits, weight. */
export function DeliveryFields({ account }: { account: Account | undefined }) {
  const { t } = useTranslation('senders');
  return (
    <>
      <fieldset className="plain-fieldset">
        <legend>{t('limitsTitle')}</legend>
        <p className="quiet small">{t('limitsHelp')}</p>
        <div className="limit-grid">
          {(['perSecond', 'perMinute', 'perHour', 'perDay'] as const).map((key) => (
            <Form.Item key={key} name={['limits', key]} label={t(`limit.${key}`)}>
              <InputNumber
                min={key === 'perSecond' ? 0.01 : 1}
                max={MOST[key]}
                {...(key === 'perSecond' ? {} : { precision: 0 })}
                placeholder={t('unlimited')}
                style={{ width: '100%' }}
              />
            </Form.Item>
          ))}
        </div>
      </fieldset>
      <div className="limit-grid">
        <Form.Item name="connections" label={t('connections')} extra={t('connectionsHelp')}>
          <InputNumber min={1} max={100} precision={0} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name="messagesPerConnection" label={t('perConnection')}>
          <InputNumber min={1} max={10_000} precision={0} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name="weight" label={t('weight')} extra={t('weightHelp')}>
          <InputNumber min={0} max={100} precision={0} style={{ width: '100%' }} />
        </Form.Item>
        {!account && (
          <Form.Item name="enabled" label={t('enabled')} valuePropName="checked">
            <Switch />
          </Form.Item>
        )}
      </div>
      {account?.kind !== 'sandbox' && <WarmupFields account={account} />}
    </>
  );
}
