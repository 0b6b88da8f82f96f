import { useQuery } from '@tanstack/react-query';
import { Alert, Collapse, Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answer, api } from '../api/client.js';
import { listed } from '../i18n/i18n.js';
import { checklistQuery, type SectionState } from './checklist.js';
import { useCheckText } from '../words/index.js';
import { useDraftContext } from './draft-context.js';
import { Field, useFieldError } from './field.js';
import { Section } from './section.js';

/** Delivery channels for choices. */
export const accountsQuery = {
  queryKey: ['smtp-accounts', 'choices'],
  queryFn: async () => (await answer(api.GET('/api/v1/smtp-accounts', { params: { query: { limit: 100 } } }))).items,
};

/** Whom the mail is from, where replies go, and through which channels it leaves. */
export function SenderSection({ state }: { state: SectionState }) {
  const { t } = useTranslation('campaigns');
  const { campaign, draft, change, errors } = useDraftContext();
  const refused = useFieldError(errors);
  const { data: checks } = useQuery(checklistQuery(campaign.id));
  const checkText = useCheckText();
  // What is not there yet stands in the list of checks; what is wrong stands at its field too.
  const wrong = checks?.items.filter(({ code }) => code === 'FROM_INVALID' || code === 'REPLY_TO_INVALID') ?? [];
  const error = (property: string) => {
    const found = wrong.find((item) => item.property === property);
    return refused(property) ?? (found && checkText(found));
  };
  const { data: accounts } = useQuery(accountsQuery);
  const { from } = draft;
  const domain = from.address.split('@')[1]?.trim().toLowerCase() ?? '';
  const enabled = accounts?.filter((account) => account.enabled) ?? [];
  const fits = enabled.some(({ fromDomains }) => fromDomains.length === 0 || fromDomains.includes(domain));
  const allowed = [...new Set(enabled.flatMap(({ fromDomains }) => fromDomains))];
  return (
    <Section name="sender" number={2} state={state}>
      <div className="form-row">
        <Field id="from-name" label={t('fromName')} help={t('fromNameHelp')} error={error('from.name')}>
          <Input
            id="from-name"
            value={from.name}
            maxLength={100}
            autoComplete="off"
            onChange={(event) => change({ from: { ...from, name: event.target.value } })}
          />
        </Field>
        <Field id="from-address" label={t('fromAddress')} error={error('from.address')}>
          <Input
            id="from-address"
            type="email"
            value={from.address}
            maxLength={320}
            autoComplete="off"
            placeholder={allowed[0] ? `news@${allowed[0]}` : 'news@example.com'}
            status={error('from.address') ? 'error' : ''}
            onChange={(event) => change({ from: { ...from, address: event.target.value } })}
          />
        </Field>
        <Field id="reply-to" label={t('replyTo')} help={t('replyToHelp')} error={error('replyTo')}>
          <Input
            id="reply-to"
            type="email"
            value={draft.replyTo ?? ''}
            maxLength={320}
            autoComplete="off"
            placeholder={from.address || t('sameAsFrom')}
            onChange={(event) => change({ replyTo: event.target.value || null })}
          />
        </Field>
      </div>
      {accounts && enabled.length === 0 && (
        <Alert
          type="warning"
          showIcon
          title={t('noAccounts')}
          action={<Link to="/settings/senders">{t('addAccount')}</Link>}
        />
      )}
      {domain && enabled.length > 0 && !fits && (
        <Alert
          type="warning"
          showIcon
          title={t('domainNotAllowed', { domain, allowed: listed(allowed) || '–' })}
          action={<Link to="/settings/senders">{t('seeAccounts')}</Link>}
        />
      )}
      <Advanced accounts={enabled.map(({ id, name }) => ({ value: id, label: name }))} />
    </Section>
  );
}

/** What hardly anyone changes. */
function Advanced({ accounts }: { accounts: { value: string; label: string }[] }) {
  const { t } = useTranslation('campaigns');
  const { draft, change } = useDraftContext();
  return (
    <Collapse
      ghost
      className="advanced"
      items={[
        {
          key: 'advanced',
          label: t('advanced'),
          children: (
            <div className="form-row">
              <Field id="smtp-accounts" label={t('accounts')} help={t('accountsHelp')}>
                <Select
                  id="smtp-accounts"
                  mode="multiple"
                  className="wide"
                  value={draft.smtpAccounts}
                  options={accounts}
                  placeholder={t('accountsAll')}
                  onChange={(smtpAccounts: string[]) => change({ smtpAccounts })}
                />
              </Field>
              <Field id="uncertain" label={t('uncertain')} help={t('uncertainHelp')}>
                <Select
                  id="uncertain"
                  className="wide"
                  value={draft.uncertain}
                  options={(['hold', 'resend', 'skip'] as const).map((value) => ({
                    value,
                    label: t(`uncertainPolicy.${value}`),
                  }))}
                  onChange={(uncertain) => change({ uncertain })}
                />
              </Field>
              <Field id="deadline" label={t('deadline')} help={t('deadlineHelp')}>
                <InputNumber
                  id="deadline"
                  min={1}
                  max={168}
                  precision={0}
                  value={draft.deadlineHours}
                  suffix={t('hours')}
                  style={{ width: 140 }}
                  onChange={(hours) => hours && change({ deadlineHours: hours })}
                />
              </Field>
            </div>
          ),
        },
      ]}
    />
  );
}
