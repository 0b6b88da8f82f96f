import { Input, type InputRef } from 'antd';
import { useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Content } from './content.js';
import { EmojiMenu } from './emoji-menu.js';
import { PREHEADER_WIDTH, SUBJECT_WIDTH, lengthLevel, lettersOf, shownText, textWidth } from './text-width.js';
import { VariableMenu } from './variable-menu.js';

interface SubjectFieldsProps {
  /** Prefix of the ids; unique on the page. */
  id: string;
  value: Pick<Content, 'subject' | 'preheader'>;
  onChange: (change: Partial<Content>) => void;
  disabled?: boolean;
  /** Errors of the server at these fields, worded. */
  errors?: { subject?: string | undefined; preheader?: string | undefined };
}

/** Subject and preview text, each with a meter of how much of it mail programs show. */
export function SubjectFields({ id, value, onChange, disabled = false, errors = {} }: SubjectFieldsProps) {
  const { t } = useTranslation('editor');
  return (
    <>
      <MeteredLine
        id={`${id}-subject`}
        label={t('subject')}
        placeholder={t('subjectPlaceholder')}
        value={value.subject}
        limits={SUBJECT_WIDTH}
        disabled={disabled}
        error={errors.subject}
        required
        onChange={(subject) => onChange({ subject })}
      />
      <MeteredLine
        id={`${id}-preheader`}
        label={t('preheader')}
        help={t('preheaderHelp')}
        placeholder={t('preheaderPlaceholder')}
        value={value.preheader ?? ''}
        limits={PREHEADER_WIDTH}
        disabled={disabled}
        error={errors.preheader}
        onChange={(preheader) => onChange({ preheader: preheader || null })}
      />
    </>
  );
}

interface MeteredLineProps {
  id: string;
  label: string;
  help?: string;
  placeholder: string;
  value: string;
  limits: { phone: number; desktop: number };
  disabled: boolean;
  required?: boolean;
  error: string | undefined;
  onChange: (value: string) => void;
}

function MeteredLine({ id, label, help, placeholder, value, limits, error, onChange, ...state }: MeteredLineProps) {
  const { t } = useTranslation('editor');
  const { input, insert } = useInsertion(value, onChange);
  const shown = shownText(value);
  const level = lengthLevel(shown, limits);
  return (
    <div className="metered">
      <label htmlFor={id} className="metered-label">
        {label}
        {state.required && <span className="visually-hidden"> ({t('required')})</span>}
      </label>
      <div className="metered-row">
        <Input
          id={id}
          ref={input}
          value={value}
          maxLength={500}
          disabled={state.disabled}
          placeholder={placeholder}
          status={error ? 'error' : ''}
          aria-invalid={Boolean(error)}
          aria-describedby={`${id}-meter${help ? ` ${id}-help` : ''}`}
          onChange={(event) => onChange(event.target.value)}
        />
        {!state.disabled && (
          <>
            <EmojiMenu onInsert={insert} />
            <VariableMenu compact onInsert={insert} />
          </>
        )}
      </div>
      {error && <div className="field-error">{error}</div>}
      <div id={`${id}-meter`} className="meter" data-level={level}>
        <span className="meter-track" aria-hidden="true">
          <span style={{ width: `${meterWidth(shown, limits.desktop)}%` }} />
        </span>
        <span>
          {t(`meter.${level}`, { count: lettersOf(shown).length, width: textWidth(shown) })}
          {(level === 'near' || level === 'over') && (
            <span className="block">
              {t(`advice.${level}`, { latin: limits[CUT_ON[level]], han: limits[CUT_ON[level]] / 2 })}
            </span>
          )}
        </span>
      </div>
      {help && (
        <div id={`${id}-help`} className="quiet small">
          {help}
        </div>
      )}
    </div>
  );
}

/** Puts something in the place of the cursor, which then stands behind it. */
function useInsertion(value: string, onChange: (value: string) => void) {
  const input = useRef<InputRef>(null);
  const behind = useRef<number | null>(null);
  useLayoutEffect(() => {
    if (behind.current === null) return;
    input.current?.focus();
    input.current?.setSelectionRange(behind.current, behind.current);
    behind.current = null;
  }, [value]);
  const insert = (text: string) => {
    const field = input.current?.input;
    const at = field?.selectionStart ?? value.length;
    behind.current = at + text.length;
    onChange(value.slice(0, at) + text + value.slice(field?.selectionEnd ?? at));
  };
  return { input, insert };
}

/** Where a line of that length is cut first that should not be. */
const CUT_ON = { near: 'phone', over: 'desktop' } as const;

function meterWidth(value: string, full: number): number {
  return Math.min(100, Math.round((textWidth(value) / full) * 100));
}
