import {
  AlignCenterOutlined,
  AlignLeftOutlined,
  AlignRightOutlined,
  UndoOutlined,
  WarningFilled,
} from '@ant-design/icons';
import { Button, Input, InputNumber, Segmented, Tooltip } from 'antd';
import { useEffect, useId, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { READABLE, contrast } from '../contrast.js';
import type { Align, Padding } from '../document.js';

/** A label over its field. Given a function, the field gets the id that the label names. */
export function Labelled({
  label,
  help,
  children,
}: {
  label: string;
  help?: ReactNode;
  children: ReactNode | ((id: string) => ReactNode);
}) {
  const id = useId();
  if (typeof children !== 'function') {
    return (
      <div className="prop" role="group" aria-label={label}>
        <span className="prop-label">{label}</span>
        {children}
        {help && <div className="quiet small">{help}</div>}
      </div>
    );
  }
  return (
    <div className="prop">
      <label className="prop-label" htmlFor={id}>
        {label}
      </label>
      {children(id)}
      {help && <div className="quiet small">{help}</div>}
    </div>
  );
}

interface NumberFieldProps {
  label: string;
  value: number | null;
  min: number;
  max: number;
  step?: number;
  unit?: string;
  /** Shown while there is none of its own. */
  inherited?: number;
  onChange: (value: number | null) => void;
}

/** A bounded number; without `inherited` it can't be empty. */
export function NumberField({ label, value, min, max, step = 1, unit = 'px', inherited, onChange }: NumberFieldProps) {
  return (
    <Labelled label={label}>
      {(id) => (
        <InputNumber
          id={id}
          size="small"
          className="wide"
          value={value}
          min={min}
          max={max}
          step={step}
          suffix={unit}
          placeholder={inherited === undefined ? '' : String(inherited)}
          onChange={(next) => {
            if (next !== null || inherited !== undefined) onChange(next);
          }}
        />
      )}
    </Labelled>
  );
}

interface ColorFieldProps {
  label: string;
  value: string | null;
  /** The colour that holds while there is none of its own. */
  inherited?: string | null;
  /** What it is read against. */
  against?: string;
  onChange: (color: string | null) => void;
}

const HEX = /^#[0-9a-fA-F]{6}$/;

/** A colour by picker or by its code, with a word where text in it would be hard to read. */
export function ColorField({ label, value, inherited, against, onChange }: ColorFieldProps) {
  const { t } = useTranslation('blocks');
  const id = useId();
  const shown = value ?? inherited ?? '#ffffff';
  const [typed, setTyped] = useState(value ?? '');
  useEffect(() => setTyped(value ?? ''), [value]);
  const ratio = against ? contrast(shown, against) : null;
  return (
    <div className="prop">
      <label className="prop-label" htmlFor={id}>
        {label}
      </label>
      <div className="color-row">
        <input
          type="color"
          aria-label={t('color.pick', { label })}
          value={shown}
          onChange={(event) => onChange(event.target.value)}
        />
        <Input
          id={id}
          size="small"
          value={typed}
          maxLength={7}
          placeholder={inherited ?? t('color.none')}
          status={typed && !HEX.test(typed) ? 'error' : ''}
          onChange={({ target }) => {
            setTyped(target.value);
            if (HEX.test(target.value)) onChange(target.value.toLowerCase());
          }}
          onBlur={() => setTyped(value ?? '')}
        />
        {inherited !== undefined && value !== null && (
          <Tooltip title={t('color.inherit')}>
            <Button
              size="small"
              type="text"
              icon={<UndoOutlined />}
              aria-label={t('color.inheritOf', { label })}
              onClick={() => onChange(null)}
            />
          </Tooltip>
        )}
      </div>
      {ratio !== null && ratio < READABLE && (
        <div className="contrast-hint small">
          <WarningFilled aria-hidden="true" /> {t('color.hard', { ratio: ratio.toFixed(1) })}
        </div>
      )}
    </div>
  );
}

export function AlignField({ value, onChange }: { value: Align; onChange: (align: Align) => void }) {
  const { t } = useTranslation('blocks');
  const icons = { left: <AlignLeftOutlined />, center: <AlignCenterOutlined />, right: <AlignRightOutlined /> };
  return (
    <Labelled label={t('prop.align')}>
      <Segmented<Align>
        size="small"
        aria-label={t('prop.align')}
        value={value}
        onChange={onChange}
        options={(['left', 'center', 'right'] as const).map((side) => ({
          value: side,
          icon: <span title={t(`align.${side}`)}>{icons[side]}</span>,
        }))}
      />
    </Labelled>
  );
}

/** Space on the four sides. */
export function PaddingField({
  label,
  value,
  onChange,
}: {
  label: string;
  value: Padding;
  onChange: (padding: Padding) => void;
}) {
  const { t } = useTranslation('blocks');
  return (
    <Labelled label={label}>
      <div className="padding-grid">
        {(['top', 'right', 'bottom', 'left'] as const).map((side) => (
          <InputNumber
            key={side}
            size="small"
            prefix={<span className="quiet small">{t(`padding.${side}`)}</span>}
            aria-label={`${label} ${t(`padding.${side}`)}`}
            value={value[side]}
            min={0}
            max={120}
            onChange={(next) => next !== null && onChange({ ...value, [side]: Math.round(next) })}
          />
        ))}
      </div>
    </Labelled>
  );
}
