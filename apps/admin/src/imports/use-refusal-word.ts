import { useTranslation } from 'react-i18next';

/** Why a row is not taken, in words. */
export function useRefusalWord(): (code: string) => string {
  const { t, i18n } = useTranslation('imports');
  return (code) => (i18n.exists(`imports:reason.${code}`) ? t(`reason.${code}`) : code);
}
