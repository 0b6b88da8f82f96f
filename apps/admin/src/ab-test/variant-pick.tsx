import { useQuery } from '@tanstack/react-query';
import { Radio } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { abTestQuery, letterOf } from './ab-query.js';

interface Props {
  campaignId: string;
  value: number;
  onChange: (variant: number) => void;
}

/** Chooses one of the variants of a draft; nothing where nothing is tested. */
export default function VariantPick({ campaignId, value, onChange }: Props) {
  const { t } = useTranslation('abTest');
  const id = useId();
  const { data: test } = useQuery(abTestQuery(campaignId));
  if (!test) return null;
  return (
    <div className="field">
      <span id={id} className="block">
        {t('variant')}
      </span>
      <Radio.Group
        aria-labelledby={id}
        value={Math.min(value, test.variants.length)}
        options={[null, ...test.variants].map((_, variant) => ({ value: variant, label: letterOf(variant) }))}
        onChange={(event) => onChange(Number(event.target.value))}
      />
    </div>
  );
}
