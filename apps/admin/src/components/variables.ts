import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldsQuery, variablesQuery } from '../api/reference.js';

/** One thing a mail can say about its recipient. */
export interface Variable {
  path: string;
  label: string;
  /** Kind of a custom field; text without one. */
  type: string;
  /** What a mail says where a contact has nothing in it. */
  fallback?: string;
}

/** Roots that a merge tag and a rule may name; addresses of the mail's own pages are typed into links. */
const IN_TEXT = /^(email|name|tags|campaign\.name|workspace\.(name|postalAddress))$/;

/** Every variable of the workspace, its own fields last. */
export function useVariables(): Variable[] {
  const { i18n } = useTranslation();
  const { data: standard } = useQuery(variablesQuery);
  const { data: fields } = useQuery(fieldsQuery);
  return useMemo(
    () => [
      ...(standard?.items ?? [])
        .filter(({ path }) => IN_TEXT.test(path))
        .map(({ path, label }) => ({ path, label: i18n.language === 'en' ? label.en : label.zh, type: 'text' })),
      ...(fields ?? []).map(({ key, label, type, defaultValue }) => ({
        path: `fields.${key}`,
        label,
        type: String(type),
        fallback: defaultValue,
      })),
    ],
    [standard, fields, i18n.language],
  );
}

/** Words for a variable; the path itself while they are not there. */
export function useLabelOf(): (path: string) => string {
  const variables = useVariables();
  return useCallback((path) => variables.find((one) => one.path === path)?.label ?? path, [variables]);
}
