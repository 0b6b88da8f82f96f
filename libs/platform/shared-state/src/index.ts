export { PostgresSharedState, RedisSharedState, openSharedState } from './shared-state.js';
export type { SharedState } from './shared-state.js';
