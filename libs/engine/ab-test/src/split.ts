/** Arms beside the variants, which are 0 (A), 1 (B) and so on: who waits for the decision, and who gets nothing. */
export const REST = -1;
export const HELD_OUT = -2;

/** How an audience is divided. Percent of all who may be mailed; the sample is shared equally by the variants. */
export interface AbShares {
  /** How many, A included. */
  variants: number;
  sample: number;
  holdOut: number;
}

/**
 * The arms of one cycle of places, to be used again and again over the whole audience. Each place goes to the arm that
 * lacks most of its share so far (the method of the greatest deficit, as seats are given out in turn), so that after any
 * number of people every arm has less than one more than its share, the variants differ by one at most, and at the end
 * of a cycle all shares are exact. Who stands at which place has to be decided by chance: the order here is regular.
 * @returns at most 400 arms
 */
export function splitCycle(shares: AbShares): number[] {
  const weights = weightsOf(shares);
  const length = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  const given = new Map<number, number>();
  return Array.from({ length }, (_, at) => {
    let chosen = REST;
    let most = -Infinity;
    for (const [arm, weight] of weights) {
      const lacks = (at + 1) * weight - (given.get(arm) ?? 0) * length;
      if (lacks <= most) continue;
      chosen = arm;
      most = lacks;
    }
    given.set(chosen, (given.get(chosen) ?? 0) + 1);
    return chosen;
  });
}

/** How many of so many people each arm gets; arms that get nobody are left out of the count. */
export function armSizes(shares: AbShares, people: number): Map<number, number> {
  const cycle = splitCycle(shares);
  const sizes = new Map<number, number>();
  const whole = Math.floor(people / cycle.length);
  const begun = people % cycle.length;
  for (const [at, arm] of cycle.entries()) {
    sizes.set(arm, (sizes.get(arm) ?? 0) + whole + (at < begun ? 1 : 0));
  }
  return sizes;
}

/** Whole numbers in the proportion of the shares, without arms that have none. */
function weightsOf({ variants, sample, holdOut }: AbShares): Map<number, number> {
  const all: [number, number][] = [
    ...Array.from({ length: variants }, (_, variant): [number, number] => [variant, sample]),
    [HELD_OUT, holdOut * variants],
    [REST, (100 - sample - holdOut) * variants],
  ];
  const present = all.filter(([, weight]) => weight > 0);
  const divisor = present.reduce((common, [, weight]) => commonDivisor(common, weight), 0);
  return new Map(present.map(([arm, weight]) => [arm, weight / divisor]));
}

function commonDivisor(one: number, other: number): number {
  return other === 0 ? one : commonDivisor(other, one % other);
}
