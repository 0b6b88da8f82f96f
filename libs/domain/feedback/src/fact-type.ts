import { bounceGroup } from '#contracts';
import type { BounceReason } from '#contracts';

/** What a reason does: only the hard group touches the contact. */
export function factTypeOf(reason: BounceReason): 'hard-bounced' | 'soft-bounced' | 'blocked' {
  const group = bounceGroup(reason);
  if (group === 'hard') return 'hard-bounced';
  return group === 'block' ? 'blocked' : 'soft-bounced';
}
