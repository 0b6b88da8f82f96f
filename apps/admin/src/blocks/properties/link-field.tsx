import { Input, type InputRef } from 'antd';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { VariableMenu } from '../../editor/index.js';
import { DOCUMENT_LIMITS } from '../document.js';
import { Labelled } from './fields.js';

interface LineFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  placeholder?: string;
  maxLength?: number;
  help?: string;
  status?: '' | 'warning' | 'error';
  rows?: number;
}

/** One line of words that may name variables. */
export function LineField({
  label,
  value,
  onChange,
  placeholder,
  help,
  status = '',
  maxLength = DOCUMENT_LIMITS.labelLength,
}: LineFieldProps) {
  const input = useRef<InputRef>(null);
  const insert = (tag: string) => {
    const field = input.current?.input;
    const at = field?.selectionStart ?? value.length;
    onChange((value.slice(0, at) + tag + value.slice(field?.selectionEnd ?? at)).slice(0, maxLength));
    input.current?.focus();
  };
  return (
    <Labelled label={label} help={help}>
      {(id) => (
        <div className="line-row">
          <Input
            id={id}
            ref={input}
            size="small"
            value={value}
            maxLength={maxLength}
            status={status}
            {...(placeholder ? { placeholder } : {})}
            onChange={(event) => onChange(event.target.value)}
          />
          <VariableMenu compact onInsert={insert} />
        </div>
      )}
    </Labelled>
  );
}

/** True for what can be followed in a mail: the web, an address, a telephone, or a variable. */
export function isUsableHref(href: string): boolean {
  return /^(https?:\/\/[^\s]+|mailto:[^\s]+|tel:[+\d][\d -]*|\{\{[^{}]+\}\}.*)$/i.test(href.trim());
}

/** Where something leads; what can't be followed is told at once, and kept. */
export function HrefField({
  label,
  value,
  optional = false,
  onChange,
}: {
  label?: string;
  value: string;
  optional?: boolean;
  onChange: (href: string) => void;
}) {
  const { t } = useTranslation('blocks');
  const wrong = value.trim() === '' ? !optional : !isUsableHref(value);
  return (
    <LineField
      label={label ?? t('prop.href')}
      value={value}
      maxLength={DOCUMENT_LIMITS.hrefLength}
      placeholder="https://"
      status={wrong ? 'warning' : ''}
      {...(wrong ? { help: t(value.trim() ? 'href.wrong' : 'href.missing') } : {})}
      onChange={onChange}
    />
  );
}
