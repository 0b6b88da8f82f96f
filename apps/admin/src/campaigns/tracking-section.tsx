import { Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { UtmFields } from '../utm/index.js';
import { useDraftContext } from './draft-context.js';
import { useFieldError } from './field.js';
import { Section } from './section.js';

/** Whether opens and clicks are counted, what links carry for the website's statistics, and what the recipients' programs and servers are asked to confirm. */
export function TrackingSection() {
  const { t } = useTranslation('campaigns');
  const { draft, change, errors } = useDraftContext();
  const error = useFieldError(errors);
  return (
    <Section name="tracking" number={5} state="ok">
      {(['trackOpens', 'trackClicks', 'readReceipts', 'deliveryNotifications'] as const).map((key) => (
        <div key={key} className="switch-row">
          <Switch id={key} checked={draft[key]} onChange={(on) => change({ [key]: on })} />
          <label htmlFor={key}>
            {t(key)}
            <span className="quiet block">{t(`${key}Help`)}</span>
          </label>
        </div>
      ))}
      <UtmFields
        id="utm"
        value={draft.utm}
        campaignName={draft.name.trim()}
        errorOf={(field) => error(`utm.${field}`)}
        onChange={(utm) => change({ utm })}
      />
    </Section>
  );
}
