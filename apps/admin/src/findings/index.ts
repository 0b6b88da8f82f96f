import { useTranslation } from 'react-i18next';
import { registerMessages } from '../i18n/i18n.js';
import { messages } from './messages.js';

// Apart from the other words: an editor needs these and none of those.
registerMessages('findings', messages);

/** What the server found and how it says it, in English. */
export interface Finding {
  code: string;
  message: string;
  params?: Record<string, string | number> | undefined;
}

/** Words what the template engine found by its code; without a wording of ours it is the server's. */
export function useFindingText(): (finding: Finding) => string {
  const { t, i18n } = useTranslation('findings');
  return ({ code, message, params }) => {
    const precise = `mjml.${params?.kind}`;
    const isMjml = code.startsWith('MJML_') && i18n.exists(`findings:${precise}`);
    const key = isMjml ? precise : code;
    if (!i18n.exists(`findings:${key}`)) return message;
    const named = params?.tag ?? params?.name ?? params?.url ?? params?.element ?? params?.size;
    return t(key, { ...params, what: named === undefined ? '' : String(named) });
  };
}
