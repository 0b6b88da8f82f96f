import { useTranslation } from 'react-i18next';
import type { Resource } from '../api/types.js';

type Value = Resource<'Contact'>['fields'][string];

/** The value of a custom field as text; a dash where there is none. */
export function useFieldText(): (value: Value | undefined) => string {
  const { t, i18n } = useTranslation('contacts');
  return (value) => {
    if (value === null || value === undefined || value === '') return '–';
    if (typeof value === 'boolean') return value ? t('yes') : t('no');
    return typeof value === 'number' ? new Intl.NumberFormat(i18n.language).format(value) : value;
  };
}
