import { Checkbox } from 'antd';
import { useTranslation } from 'react-i18next';
import { useCanvas } from '../canvas-context.js';
import type { ButtonStyle } from '../document.js';
import { ColorField, NumberField } from './fields.js';
import { HrefField, LineField } from './link-field.js';

/** What a button says, where it leads and how it looks. */
export function ButtonFields({
  value,
  onChange,
}: {
  value: ButtonStyle;
  onChange: (part: Partial<ButtonStyle>) => void;
}) {
  const { t } = useTranslation('blocks');
  const { accent } = useCanvas().doc.settings;
  return (
    <>
      <LineField label={t('button.label')} value={value.label} onChange={(label) => onChange({ label })} />
      <HrefField value={value.href} onChange={(href) => onChange({ href })} />
      <ColorField label={t('button.bg')} value={value.bg} inherited={accent} onChange={(bg) => onChange({ bg })} />
      <ColorField
        label={t('prop.color')}
        value={value.color}
        inherited="#ffffff"
        against={value.bg ?? accent}
        onChange={(color) => onChange({ color })}
      />
      <NumberField
        label={t('prop.radius')}
        value={value.radius}
        min={0}
        max={40}
        onChange={(radius) => onChange({ radius: Math.round(radius ?? 0) })}
      />
    </>
  );
}

/** A button that a block may have. */
export function OptionalButton({
  value,
  onChange,
}: {
  value: ButtonStyle | null;
  onChange: (button: ButtonStyle | null) => void;
}) {
  const { t } = useTranslation('blocks');
  const fresh = { label: t('button.word'), href: '', bg: null, color: null, radius: 6 };
  return (
    <>
      <Checkbox
        className="prop-check"
        checked={value !== null}
        onChange={(event) => onChange(event.target.checked ? fresh : null)}
      >
        {t('button.with')}
      </Checkbox>
      {value && <ButtonFields value={value} onChange={(part) => onChange({ ...value, ...part })} />}
    </>
  );
}
