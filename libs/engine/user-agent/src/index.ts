export { AGENT_CLIENTS, AGENT_DEVICES, readAgent } from './read-agent.js';
export type { ReadAgent } from './read-agent.js';
