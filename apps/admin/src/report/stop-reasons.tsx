import { useTranslation } from 'react-i18next';
import type { Resource } from '../api/types.js';
import { useStopText } from '../words/index.js';

/** Why the system stopped a campaign, or could not start it, with the words of the server where it had any. */
export function StopReasons({ reasons }: { reasons: Resource<'Campaign'>['stopReasons'] }) {
  const { t } = useTranslation('report');
  const text = useStopText();
  return (
    <ul className="plain-list stack">
      {reasons.map((reason, index) => (
        <li key={`${reason.code} ${index}`} className="break">
          {text(reason)}
          {reason.params?.words && (
            <code className="mono server-words" title={t('serverWords')}>
              {reason.params.words}
            </code>
          )}
        </li>
      ))}
    </ul>
  );
}
