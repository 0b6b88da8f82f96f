import { Alert, InputNumber } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { armSizes, detectableRise, neededPerVariant, type AbShares } from '#engine/ab-test';

/** Rates that are usual, and a difference one would like to see; both may be changed. */
const USUAL = { clicked: [3, 4], opened: [20, 24] } as const;

interface Props {
  shares: AbShares;
  people: number;
  metric: keyof typeof USUAL;
}

/** Says honestly what so many people can show. Asks for the rates, since nobody knows them before. */
export function PowerNote({ shares, people, metric }: Props) {
  const { t, i18n } = useTranslation('abTest');
  const id = useId();
  const [own, setOwn] = useState<[number | null, number | null]>([null, null]);
  const [usual, wanted] = [own[0] ?? USUAL[metric][0], own[1] ?? USUAL[metric][1]];
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 1 });
  const number = new Intl.NumberFormat(i18n.language);
  const each = armSizes(shares, people).get(0) ?? 0;
  const [from, to] = [usual / 100, wanted / 100];
  const needed = neededPerVariant(shares.variants, from, to);
  const rise = detectableRise(shares.variants, from, each);
  const said = {
    n: number.format(each),
    needed: number.format(needed),
    from: percent.format(from),
    to: percent.format(to),
  };
  const enough = each >= needed;
  return (
    <fieldset className="ab-power">
      <legend>{t('power.title')}</legend>
      <div className="form-row">
        {(['usual', 'wanted'] as const).map((key, place) => (
          <div key={key} className="field">
            <label htmlFor={`${id}${key}`}>{t(`power.${key}`)}</label>
            <InputNumber
              id={`${id}${key}`}
              min={0.1}
              max={99}
              step={0.5}
              suffix="%"
              value={place === 0 ? usual : wanted}
              onChange={(value) => setOwn(place === 0 ? [value, own[1]] : [own[0], value])}
            />
          </div>
        ))}
      </div>
      <Alert
        type={from === to ? 'info' : enough ? 'success' : 'warning'}
        showIcon
        title={from === to ? t('power.same') : t(enough ? 'power.enough' : 'power.small', said)}
        description={
          !enough &&
          (rise === null
            ? t('power.hopeless')
            : t('power.detectable', { from: said.from, to: percent.format(from + rise) }))
        }
      />
    </fieldset>
  );
}
