import { useTranslation } from 'react-i18next';
import { armSizes, HELD_OUT, REST } from '#engine/ab-test';

interface SplitProps {
  shares: { variants: number; sample: number; holdOut: number };
  people: number | undefined;
}

/** How many people each part of the audience has. */
export function SplitText({ shares, people }: SplitProps) {
  const { t, i18n } = useTranslation('abTest');
  if (people === undefined) return <p className="quiet">{t('unknownPeople')}</p>;
  const number = new Intl.NumberFormat(i18n.language);
  const sizes = armSizes(shares, people);
  const of = (arm: number) => number.format(sizes.get(arm) ?? 0);
  const text = sizes.has(REST) ? 'split' : sizes.has(HELD_OUT) ? 'splitAll' : 'splitEach';
  return <p>{t(text, { each: of(0), rest: of(REST), heldOut: of(HELD_OUT) })}</p>;
}
