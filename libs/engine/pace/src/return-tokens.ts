import type { PaceState } from './grant-tokens.js';
import { WINDOWS, current } from './windows.js';

/**
 * Gives tokens back that were granted and then not used: of a minute, an hour or a day nothing is lost by a pause or a
 * server that is slow. The place in the even spacing is gone. The oldest of a window go, whoever's they were: what
 * remains then counts at least as long as what was really used, so no window ever holds more than its limit.
 */
export function returnTokens(state: PaceState, nowMs: number, count: number): PaceState {
  if (count <= 0) return state;
  const windows: PaceState['windows'] = {};
  for (const window of WINDOWS) {
    const known = state.windows[window.name];
    if (!known) continue;
    const { from, counts } = current(window, known, nowMs);
    let left = count;
    for (let index = 0; index < counts.length && left > 0; index += 1) {
      const taken = Math.min(left, counts[index] ?? 0);
      counts[index] = (counts[index] ?? 0) - taken;
      left -= taken;
    }
    windows[window.name] = { from, counts };
  }
  return { next: state.next, windows };
}
