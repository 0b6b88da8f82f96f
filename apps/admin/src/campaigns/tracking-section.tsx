import { Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { useDraftContext } from './draft-context.js';
import { Section } from './section.js';

/** Whether opens and clicks are counted, and what the recipients' programs and servers are asked to confirm. */
export function TrackingSection() {
  const { t } = useTranslation('campaigns');
  const { draft, change } = useDraftContext();
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
    </Section>
  );
}
