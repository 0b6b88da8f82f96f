import { Form, InputNumber, Radio, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api/client.js';
import { FormDrawer } from '../components/form-drawer.js';
import { letterOf, refreshTest, type AbBody, type AbTest } from './ab-query.js';
import { durationChoices, unitOf } from './duration.js';
import { PowerNote } from './power-note.js';
import { SplitText } from './split-text.js';
import type { TestedCampaign } from './tested-campaign.js';
import { testsTimes } from './times.js';
import { NOTHING, VariantFields } from './variant-fields.js';

type Values = Omit<AbBody, 'version' | 'fallback'> & {
  kind: 'content' | 'time';
  /** `ask`, or the number of a variant. */
  fallback: string;
};

const NEW: Values = {
  kind: 'content',
  variants: [NOTHING],
  sample: 20,
  holdOut: 0,
  metric: 'clicked',
  durationMinutes: 240,
  fallback: '0',
};

function valuesOf({ version: _, fallback, ...test }: AbTest): Values {
  const kind = testsTimes(test) ? 'time' : 'content';
  // What a test of send times has no use for stands ready for the other kind.
  const shares = kind === 'time' ? { sample: NEW.sample, fallback: NEW.fallback } : {};
  return { ...test, kind, fallback: fallback === null ? 'ask' : String(fallback), ...shares };
}

interface Props extends TestedCampaign {
  open: boolean;
  onClose: () => void;
  test: AbTest | null;
}

/** Sets up the A/B test of a draft. */
export function TestDrawer({ open, onClose, test, ...card }: Props) {
  const { t } = useTranslation('abTest');
  const [form] = Form.useForm<Values>();
  const save = async ({ kind, fallback, variants, ...values }: Values, version: number) => {
    // An empty field is as in A.
    const written = variants.map(({ subject, fromName, content, sendAt }) => {
      if (kind === 'time') return { ...NOTHING, sendAt: sendAt ?? null };
      const said = { subject: subject?.trim() || null, fromName: fromName?.trim() || null, content: content ?? null };
      return { ...said, sendAt: null };
    });
    const asks = kind === 'time' || fallback === 'ask';
    const chosen = asks ? null : Math.min(Number(fallback), written.length);
    const body = { ...values, variants: written, fallback: chosen, version } as AbBody;
    await answer(api.PUT('/api/v1/campaigns/{id}/ab-test', { params: { path: { id: card.campaignId } }, body }));
    await refreshTest(card.campaignId);
  };
  return (
    <FormDrawer<Values>
      name="ab-test"
      title={t('title')}
      open={open}
      onClose={onClose}
      form={form}
      initialValues={test ? valuesOf(test) : NEW}
      submitLabel={t('save')}
      version={test?.version}
      onSubmit={save}
      fromCurrent={valuesOf}
      successText={t('saved')}
    >
      <Fields {...card} present={test?.durationMinutes} />
    </FormDrawer>
  );
}

function Fields({ campaign, people, departure, present }: TestedCampaign & { present: number | undefined }) {
  const { t } = useTranslation('abTest');
  const ofTimes = Form.useWatch<Values['kind']>('kind') === 'time';
  return (
    <>
      <Form.Item name="kind" label={t('kind')} extra={ofTimes && t('timesNote')}>
        <Radio.Group options={(['content', 'time'] as const).map((value) => ({ value, label: t(`kinds.${value}`) }))} />
      </Form.Item>
      <VariantFields campaign={campaign} departure={departure} ofTimes={ofTimes} />
      <ShareFields people={people} ofTimes={ofTimes} />
      <DecisionFields present={present} ofTimes={ofTimes} />
    </>
  );
}

function ShareFields({ people, ofTimes }: { people: number | undefined; ofTimes: boolean }) {
  const { t } = useTranslation('abTest');
  const variants = (Form.useWatch<unknown[]>('variants') ?? [null]).length + 1;
  const part = Form.useWatch<number>('sample') ?? NEW.sample ?? 0;
  const holdOut = Form.useWatch<number>('holdOut') ?? 0;
  const sample = ofTimes ? 100 - holdOut : part;
  const metric = Form.useWatch<'clicked' | 'opened'>('metric') ?? 'clicked';
  const shares = { variants, sample, holdOut };
  const possible = sample >= 1 && sample + holdOut <= 100;
  return (
    <>
      {!ofTimes && (
        <Form.Item
          name="sample"
          label={t('sample')}
          extra={t('sampleHelp')}
          dependencies={['holdOut']}
          rules={[
            { required: true },
            { validator: () => (possible ? Promise.resolve() : Promise.reject(new Error(t('sharesTooLarge')))) },
          ]}
        >
          <InputNumber min={1} max={100} precision={0} suffix="%" />
        </Form.Item>
      )}
      <Form.Item name="holdOut" label={t('holdOut')} extra={t('holdOutHelp')} rules={[{ required: true }]}>
        <InputNumber min={0} max={50} precision={0} suffix="%" />
      </Form.Item>
      {possible && <SplitText shares={shares} people={people} />}
      {possible && people !== undefined && <PowerNote shares={shares} people={people} metric={metric} />}
    </>
  );
}

function DecisionFields({ present, ofTimes }: { present: number | undefined; ofTimes: boolean }) {
  const { t } = useTranslation('abTest');
  const variants = (Form.useWatch<unknown[]>('variants') ?? [null]).length + 1;
  const metric = Form.useWatch<string>('metric');
  const fallbacks = Array.from({ length: variants }, (_, variant) => ({
    value: String(variant),
    label: t('fallbackSend', { letter: letterOf(variant) }),
  }));
  return (
    <>
      <Form.Item
        name="metric"
        label={t(ofTimes ? 'comparedBy' : 'metric')}
        extra={metric === 'opened' && t('openNote')}
      >
        <Radio.Group
          options={(['clicked', 'opened'] as const).map((value) => ({ value, label: t(`metrics.${value}`) }))}
        />
      </Form.Item>
      <Form.Item
        name="durationMinutes"
        label={t(ofTimes ? 'window' : 'duration')}
        extra={t(ofTimes ? 'windowHelp' : 'durationHelp')}
      >
        <Select
          options={durationChoices(present).map((value) => {
            const { key, n } = unitOf(value);
            return { value, label: t(key, { n }) };
          })}
        />
      </Form.Item>
      {!ofTimes && (
        <Form.Item name="fallback" label={t('fallback')} extra={t('fallbackHelp')}>
          <Select options={[...fallbacks, { value: 'ask', label: t('fallbackAsk') }]} />
        </Form.Item>
      )}
    </>
  );
}
