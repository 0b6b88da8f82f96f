import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldProblem } from '../api/api-error.js';
import { fieldText } from '../api/problem.js';

interface FieldProps {
  /** Id of the control inside. */
  id: string;
  label: string;
  help?: ReactNode;
  error?: string | undefined;
  children: ReactNode;
}

/** A labelled control of a page that saves itself, with its help and its error. */
export function Field({ id, label, help, error, children }: FieldProps) {
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children}
      {error && (
        <div className="field-error" role="alert">
          {error}
        </div>
      )}
      {help && <div className="quiet small">{help}</div>}
    </div>
  );
}

/** The worded error of a property, if the server refused it. */
export function useFieldError(errors: FieldProblem[]): (property: string) => string | undefined {
  const { t } = useTranslation('problem');
  return (property) => {
    const found = errors.find((error) => error.property === property || error.property.startsWith(`${property}.`));
    return found && fieldText(found, t);
  };
}
