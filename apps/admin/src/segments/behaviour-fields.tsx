import { Checkbox, Input, InputNumber, Select, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { SegmentCondition } from '#contracts';
import { useProviderName, useReasonName } from '../words/index.js';
import { Several, Words, named, type Props } from './choice-fields.js';
import { useRule } from './rule-context.js';
import { PeriodFields } from './test-fields.js';

type Activity = Extract<SegmentCondition, { kind: 'activity' }>;
type Recipient = Extract<SegmentCondition, { kind: 'recipient' }>;

/** Drafts have no recipients yet. */
const STARTED = new Set(['sending', 'paused', 'sent', 'cancelled', 'failed']);
const OUTCOMES: readonly Recipient['outcome'][] = [
  ...(['not_opened', 'opened', 'not_clicked', 'clicked', 'not_replied', 'replied', 'delivered', 'prepared'] as const),
  ...(['accepted', 'bounced', 'bounced_hard', 'bounced_soft', 'rejected', 'expired', 'skipped', 'uncertain'] as const),
  ...(['complained', 'unsubscribed'] as const),
];

/** What a contact did: with which campaigns, how often, when. An order belongs to no campaign. */
export function ActivityFields({ condition, onChange }: Props<Activity>) {
  const { t } = useTranslation('segments');
  const { campaigns } = useRule().references;
  const { did } = condition;
  return (
    <>
      <Words
        label={t('operator')}
        value={condition.op}
        words={{ did: t('op.activity.did'), did_not: t('op.activity.did_not') }}
        onChange={(op) => onChange({ ...condition, op })}
      />
      {did !== 'bought' && (
        <Several
          label={t('campaigns')}
          value={condition.campaigns}
          options={named(campaigns?.filter(({ status }) => STARTED.has(status)))}
          placeholder={t('anyCampaign')}
          onChange={(chosen) => onChange({ ...condition, campaigns: chosen })}
        />
      )}
      {did === 'clicked' && (
        <Input
          className="rule-value"
          aria-label={t('url')}
          placeholder={t('anyLink')}
          maxLength={200}
          value={condition.url ?? ''}
          onChange={(event) => onChange({ ...condition, url: event.target.value || null })}
        />
      )}
      <PeriodFields period={condition.when} onChange={(when) => onChange({ ...condition, when })} />
      <span className="rule-days">
        {t('atLeast')}
        <InputNumber
          className="rule-small"
          aria-label={t('times')}
          min={1}
          max={1000}
          precision={0}
          value={condition.atLeast}
          onChange={(atLeast) => onChange({ ...condition, atLeast: atLeast ?? 1 })}
        />
        {t('timesUnit', { count: condition.atLeast })}
      </span>
      {did === 'bought' && <span className="quiet">{t('orders')}</span>}
      {(did === 'opened' || did === 'clicked') && (
        <Checkbox
          checked={condition.machine}
          onChange={(event) => onChange({ ...condition, machine: event.target.checked })}
        >
          {t('machine')}
        </Checkbox>
      )}
    </>
  );
}

/** What became of a recipient of one campaign; what only a report can choose (a link, a reason) can be taken away. */
export function RecipientFields({ condition, onChange }: Props<Recipient>) {
  const { t } = useTranslation('segments');
  const { campaigns } = useRule().references;
  const reasonName = useReasonName();
  const providerName = useProviderName();
  const { campaign, outcome, link, reason, provider } = condition;
  const options = named(campaigns?.filter(({ status }) => STARTED.has(status)));
  if (campaign && !options.some(({ value }) => value === campaign)) {
    options.push({ value: campaign, label: campaigns ? t('gone', { name: campaign }) : '…' });
  }
  const detail = (key: 'link' | 'reason' | 'provider', text: string) => (
    <Tag closable onClose={() => onChange({ ...condition, [key]: null })}>
      {text}
    </Tag>
  );
  return (
    <>
      <Select<string>
        className="rule-value"
        aria-label={t('campaign')}
        value={campaign || null}
        placeholder={t('chooseCampaign')}
        showSearch={{ optionFilterProp: 'label' }}
        options={options}
        onChange={(chosen) => onChange({ ...condition, campaign: chosen })}
      />
      <Words
        label={t('operator')}
        value={condition.op}
        words={{ is: t('op.text.is'), is_not: t('op.text.is_not') }}
        onChange={(op) => onChange({ ...condition, op })}
      />
      <Select<Recipient['outcome']>
        className="rule-operator"
        aria-label={t('outcomeLabel')}
        value={outcome}
        popupMatchSelectWidth={false}
        options={OUTCOMES.map((each) => ({ value: each, label: t(`outcome.${each}`) }))}
        onChange={(next) => onChange({ ...condition, outcome: next })}
      />
      {link !== null && detail('link', t('linkNumber', { number: link + 1 }))}
      {reason && detail('reason', reasonName(reason))}
      {provider && detail('provider', providerName(provider))}
      {/open|click/.test(outcome) && (
        <Checkbox
          checked={condition.machine}
          onChange={(event) => onChange({ ...condition, machine: event.target.checked })}
        >
          {t('machine')}
        </Checkbox>
      )}
    </>
  );
}
