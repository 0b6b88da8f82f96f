import { useTranslation } from 'react-i18next';
import type { Resource } from '../api/types.js';

/** Our wording of the code; the server's words name the line. */
export function Failure({ error }: { error: NonNullable<Resource<'Import'>['error']> }) {
  const { t, i18n } = useTranslation('problem');
  const key = `code.${error.code}`;
  return (
    <>
      {i18n.exists(`problem:${key}`) && <p className="no-margin">{t(key)}</p>}
      <p className="no-margin" lang="en">
        {error.message}
      </p>
    </>
  );
}
