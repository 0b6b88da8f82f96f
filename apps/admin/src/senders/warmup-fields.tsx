import { Alert, Form, Input, Radio, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { Instant } from '../components/relative-time.js';
import { readVolumes, type Account, type Values } from './sender-form.js';

const PRESETS = ['gentle', 'usual', 'brisk', 'own'] as const;

/** How a new channel is made known, day by day. */
export function WarmupFields({ account }: { account: Account | undefined }) {
  const { t } = useTranslation('senders');
  const form = Form.useFormInstance<Values>();
  const warms = Form.useWatch('warms', form);
  const preset = Form.useWatch(['warmup', 'preset'], form);
  const stopped = account?.warmupState?.stopped;
  return (
    <fieldset className="plain-fieldset">
      <Form.Item name="warms" label={t('warmup.title')} extra={t('warmup.help')} valuePropName="checked">
        <Switch />
      </Form.Item>
      <div hidden={!warms}>
        {stopped && (
          <Alert
            type="warning"
            showIcon
            className="gap-below"
            title={t(`warmup.stopped.${stopped.code}`, { count: stopped.count, of: stopped.of })}
            description={
              <>
                <Instant at={stopped.at} />
                {' · '}
                {t('warmup.goOn')}
              </>
            }
          />
        )}
        <Form.Item name={['warmup', 'preset']} label={t('warmup.plan')}>
          <Radio.Group
            className="check-column"
            options={PRESETS.map((value) => ({ value, label: t(`warmup.preset.${value}`) }))}
          />
        </Form.Item>
        <Form.Item name={['warmup', 'startOn']} label={t('warmup.startOn')} rules={[{ required: Boolean(warms) }]}>
          <Input type="date" />
        </Form.Item>
        <div hidden={preset !== 'own'}>
          <Form.Item
            name={['warmup', 'volumes']}
            label={t('warmup.volumes')}
            extra={t('warmup.volumesHelp')}
            rules={[
              {
                validator: (_, text: string | undefined) =>
                  !warms || preset !== 'own' || readVolumes(text ?? '')
                    ? Promise.resolve()
                    : Promise.reject(new Error(t('warmup.volumesWrong'))),
              },
            ]}
          >
            <Input.TextArea rows={2} maxLength={1_000} placeholder="50, 100, 200, 400" autoComplete="off" />
          </Form.Item>
        </div>
      </div>
    </fieldset>
  );
}
