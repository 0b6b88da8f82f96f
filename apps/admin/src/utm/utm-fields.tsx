import { Input, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Resource } from '../api/types.js';
import { registerMessages } from '../i18n/i18n.js';
import { messages } from './messages.js';
import './utm.css';

registerMessages('utm', messages);

type Utm = Resource<'Utm'>;
const FIELDS = ['source', 'medium', 'campaign', 'term', 'content'] as const;
type Field = (typeof FIELDS)[number];

interface UtmFieldsProps {
  /** Prefix of the ids; unique on the page. */
  id: string;
  value: Utm;
  /** What stands for an empty `campaign`; absent where there is no campaign yet. */
  campaignName?: string;
  errorOf?: (field: Field) => string | undefined;
  onChange: (value: Utm) => void;
}

/** Whether links carry UTM parameters, which, and how a link looks with them. */
export function UtmFields({ id, value, campaignName, errorOf, onChange }: UtmFieldsProps) {
  const { t } = useTranslation('utm');
  const standsFor = (field: Field) => (field === 'campaign' ? campaignName || t('asName') : t('none'));
  return (
    <div>
      <div className="utm-switch">
        <Switch id={id} checked={value.enabled} onChange={(enabled) => onChange({ ...value, enabled })} />
        <label htmlFor={id}>
          {t('switch')}
          <span className="quiet block">{t('help')}</span>
        </label>
      </div>
      {value.enabled && (
        <div className="utm-fields">
          {FIELDS.map((field) => (
            <div key={field}>
              <label htmlFor={`${id}-${field}`}>
                {t(field)} <code className="quiet">utm_{field}</code>
              </label>
              <Input
                id={`${id}-${field}`}
                value={value[field]}
                maxLength={field === 'campaign' ? 200 : 100}
                placeholder={standsFor(field)}
                status={errorOf?.(field) ? 'error' : ''}
                aria-invalid={Boolean(errorOf?.(field))}
                onChange={(event) => onChange({ ...value, [field]: event.target.value })}
              />
              {errorOf?.(field) && (
                <div className="field-error" role="alert">
                  {errorOf(field)}
                </div>
              )}
            </div>
          ))}
          <Example value={value} campaign={campaignName || t('asName')} />
        </div>
      )}
    </div>
  );
}

/** The same as the value of a form's field. */
export function UtmDefaults({ value, onChange }: Partial<Pick<UtmFieldsProps, 'value' | 'onChange'>>) {
  return value && onChange ? <UtmFields id="utm-defaults" value={value} onChange={onChange} /> : null;
}

function Example({ value, campaign }: { value: Utm; campaign: string }) {
  const { t } = useTranslation('utm');
  const said = { ...value, campaign: value.campaign.trim() || campaign };
  const carried = FIELDS.filter((field) => said[field].trim() !== '');
  if (carried.length === 0) return null;
  return (
    <p className="utm-example quiet small">
      {t('example')}{' '}
      <span translate="no">{`https://…?${carried.map((field) => `utm_${field}=${said[field].trim()}`).join('&')}`}</span>
    </p>
  );
}
