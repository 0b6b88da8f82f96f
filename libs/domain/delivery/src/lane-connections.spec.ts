import { laneConnections } from './lane-connections.js';

const CAMPAIGNS = { connections: null };
const TRIGGERED = { connections: 2 };

it('campaigns and triggered mail of all senders keep to the limit from three connections a sender on', () => {
  for (let senders = 1; senders <= 8; senders += 1) {
    for (let limit = 3 * senders; limit <= 60; limit += 1) {
      const each = laneConnections(CAMPAIGNS, limit, senders, true) + laneConnections(TRIGGERED, limit, senders, true);
      expect([senders, limit, senders * each <= limit]).toEqual([senders, limit, true]);
    }
  }
});

it.each([
  [1, 1, 1, 1],
  [2, 1, 2, 1],
  [3, 1, 2, 1],
  [6, 1, 4, 2],
  [20, 1, 18, 2],
  [20, 4, 4, 1],
  [2, 4, 1, 1],
])('%d connections and %d senders leave %d to campaigns of each and %d to triggered mail', (limit, n, own, other) => {
  expect(laneConnections(CAMPAIGNS, limit, n, true)).toBe(own);
  expect(laneConnections(TRIGGERED, limit, n, true)).toBe(other);
  expect(laneConnections(CAMPAIGNS, limit, n, false)).toBe(Math.max(1, Math.floor(limit / n)));
});
