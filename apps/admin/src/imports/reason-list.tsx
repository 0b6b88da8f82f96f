import { useTranslation } from 'react-i18next';
import { Count } from '../components/count.js';

interface ReasonListProps {
  reasons: readonly { word: string; count: number }[];
}

/** Reasons in words, each with how many rows it holds for. */
export function ReasonList({ reasons }: ReasonListProps) {
  const { t } = useTranslation('imports');
  return (
    <ul className="plain-list">
      {reasons.map(({ word, count }) => (
        <li key={word}>
          {word}
          {t('colon')}
          <strong>
            <Count value={count} />
          </strong>
        </li>
      ))}
    </ul>
  );
}
