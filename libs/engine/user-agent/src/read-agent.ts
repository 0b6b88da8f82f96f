import { CLIENT_RULES } from './client-rules.js';

/** Every client there is a name for; `other` names itself as something else. */
export const AGENT_CLIENTS: readonly string[] = [...CLIENT_RULES.map(({ client }) => client), 'other'];
export const AGENT_DEVICES = ['desktop', 'mobile', 'tablet', 'unknown'] as const;

/** What an agent says of itself. */
export interface ReadAgent {
  /** One of {@link AGENT_CLIENTS}. */
  client: string;
  device: (typeof AGENT_DEVICES)[number];
}

const LONGEST = 300;
/** Fetched by the provider's own servers: these say nothing of the reader's device. */
const PROXIES = new Set(['gmail', 'yahoo']);

/** Reads the User-Agent of somebody who opened or clicked. */
export function readAgent(userAgent: string): ReadAgent {
  const agent = userAgent.slice(0, LONGEST).toLowerCase();
  const has = (word: string) => agent.includes(word);
  const client = CLIENT_RULES.find(({ words, not = [] }) => words.some(has) && !not.some(has))?.client ?? 'other';
  return { client, device: PROXIES.has(client) ? 'unknown' : deviceOf(has) };
}

function deviceOf(has: (word: string) => boolean): ReadAgent['device'] {
  if (has('ipad') || has('tablet') || (has('android') && !has('mobile'))) return 'tablet';
  if (has('iphone') || has('android') || has('mobile') || has('harmonyos')) return 'mobile';
  return has('windows') || has('macintosh') || has('linux') || has('x11') ? 'desktop' : 'unknown';
}
