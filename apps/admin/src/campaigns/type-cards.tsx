import { ExperimentOutlined, FileTextOutlined, MailOutlined } from '@ant-design/icons';
import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

const ICONS = { regular: <MailOutlined />, ab: <ExperimentOutlined />, text: <FileTextOutlined /> } satisfies Record<
  string,
  ReactNode
>;
export type CampaignType = keyof typeof ICONS;
const TYPES = Object.keys(ICONS) as CampaignType[];

/** Which kind of campaign it shall be: radio buttons that look like cards. The chosen one has the focus at first. */
export function TypeCards({ value, onChange }: { value: CampaignType; onChange: (type: CampaignType) => void }) {
  const { t } = useTranslation('campaigns');
  const first = useRef<HTMLInputElement>(null);
  // After the dialog, which takes the focus for itself when it opens.
  useEffect(() => {
    const frame = requestAnimationFrame(() => first.current?.focus());
    return () => cancelAnimationFrame(frame);
  }, []);
  return (
    <fieldset className="type-cards">
      <legend className="visually-hidden">{t('type.label')}</legend>
      {TYPES.map((type) => (
        <label key={type} className="type-card">
          <input
            ref={type === 'regular' ? first : undefined}
            type="radio"
            name="campaign-type"
            className="visually-hidden"
            checked={type === value}
            aria-describedby={`campaign-type-${type}`}
            onChange={() => onChange(type)}
          />
          <span className="type-icon" aria-hidden="true">
            {ICONS[type]}
          </span>
          <strong>{t(`type.${type}`)}</strong>
          <span id={`campaign-type-${type}`} className="quiet small">
            {t(`typeHelp.${type}`)}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
