import { useTranslation } from 'react-i18next';

/** A whole number with the separators of the user's language, in figures of equal width. */
export function Count({ value }: { value: number }) {
  const { i18n } = useTranslation();
  return <span className="figures">{new Intl.NumberFormat(i18n.language).format(value)}</span>;
}

/** `{ count, of }` as a percentage; a dash while there is nothing to divide by. */
export function Rate({ count, of, digits = 1 }: { count: number; of: number; digits?: number }) {
  const { i18n } = useTranslation();
  if (of === 0) return <span className="figures">–</span>;
  const format = new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: digits });
  return <span className="figures">{format.format(count / of)}</span>;
}

/** Bytes as KB, MB or GB (1 KB = 1,000 bytes, as file managers show them). */
export function Bytes({ value }: { value: number }) {
  const { i18n } = useTranslation();
  const [unit, size] =
    value >= 1e9
      ? (['gigabyte', value / 1e9] as const)
      : value >= 1e6
        ? (['megabyte', value / 1e6] as const)
        : (['kilobyte', Math.max(value, 100) / 1e3] as const);
  const format = new Intl.NumberFormat(i18n.language, { style: 'unit', unit, maximumFractionDigits: 1 });
  return <span className="figures">{format.format(size)}</span>;
}
