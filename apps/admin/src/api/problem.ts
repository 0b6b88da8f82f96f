import { App, type FormInstance } from 'antd';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import i18next, { type TFunction } from 'i18next';
import { ApiError, type FieldProblem } from './api-error.js';

/** Codes whose `detail` names something our own wording can't know: a line, a name, the server's words. */
const DETAIL_MATTERS = new Set<string>([
  'TEMPLATE_INVALID',
  'IMPORT_FILE_INVALID',
  'CAMPAIGN_INCOMPLETE',
  'ADDRESS_INVALID',
  'SENDER_DOMAIN_NOT_ALLOWED',
  'UPSTREAM_UNAVAILABLE',
  'NOT_READY',
  'MALFORMED_REQUEST',
  'UNREADABLE',
]);

/** What a person is told about a failed call. */
export interface ProblemText {
  /** Our wording of the stable code, in the user's language, with the remedy. */
  title: string;
  /** The server's own words where they add something. */
  detail?: string;
  requestId?: string;
}

/** Words a failure in the user's language. `t` must be of the namespace `problem`. */
export function problemText(error: unknown, t: TFunction<'problem'>): ProblemText {
  if (!(error instanceof ApiError)) return { title: t('UNKNOWN'), detail: String(error) };
  const text: ProblemText = { title: t([`code.${error.code}`, 'UNKNOWN']) };
  const worded = error.errors.filter(isWorded).map((problem) => fieldText(problem, t));
  if (worded.length > 0) text.detail = worded.join(' · ');
  else if (DETAIL_MATTERS.has(error.code) && error.detail) text.detail = error.detail;
  if (error.requestId) text.requestId = error.requestId;
  return text;
}

/** Words one field error; a code without a wording of ours shows the server's message. */
export function fieldText(problem: FieldProblem, t: TFunction<'problem'>): string {
  const { code, params } = problem;
  if (code === 'TOO_SMALL' && params?.minimum === 1 && params.origin !== 'number') return t('field.EMPTY');
  return isWorded(problem) ? t(`field.${code}`, params ?? {}) : problem.message;
}

function isWorded({ code }: FieldProblem): boolean {
  return i18next.exists(`problem:field.${code}`);
}

/**
 * `report(error, form?)`: field errors go to the fields of the form (and the first of them gets the focus), all else
 * becomes a notification with the request id. Signing out is the client's business and says nothing here.
 */
export function useReport(): (error: unknown, form?: FormInstance) => void {
  const { t } = useTranslation('problem');
  const { notification } = App.useApp();
  return useCallback(
    (error, form) => {
      if (error instanceof ApiError && error.code === 'NOT_AUTHENTICATED') return;
      const left = form ? placeOnForm(error, form, (problem) => fieldText(problem, t)) : null;
      if (left && left.length === 0) return;
      const { title, detail, requestId } = problemText(error, t);
      notification.error({
        title,
        description: [detail, requestId && t('requestId', { id: requestId })].filter(Boolean).join(' · '),
        duration: 8,
      });
    },
    [t, notification],
  );
}

/** Puts field errors on the form. Null when the failure names no field; else the errors no field of the form shows. */
function placeOnForm(
  error: unknown,
  form: FormInstance,
  word: (problem: FieldProblem) => string,
): FieldProblem[] | null {
  if (!(error instanceof ApiError) || error.errors.length === 0) return null;
  const left: FieldProblem[] = [];
  let first: (string | number)[] | null = null;
  for (const problem of error.errors) {
    const name = fieldPath(problem.property, form);
    if (!name) {
      left.push(problem);
      continue;
    }
    form.setFields([{ name, errors: [word(problem)] }]);
    first ??= name;
  }
  if (first) form.scrollToField(first, { focus: true, block: 'center' });
  return left;
}

/** The form's field for a path such as `fields.city` or `tags.0` (a list shows the errors of its entries). */
function fieldPath(property: string, form: FormInstance): (string | number)[] | null {
  const path = property.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  for (let length = path.length; length > 0; length -= 1) {
    const name = path.slice(0, length);
    if (form.getFieldInstance(name)) return name;
  }
  return null;
}
