import { upperQuantile } from './normal.js';
import { DELIVERED_MIN, LEVEL } from './verdict.js';

/** A real difference is to be found in four tests of five. */
const POWER = 0.8;

/**
 * People each variant needs so that a rate that rises from `from` to `to` is found in four tests of five: the formula
 * for two proportions of Fleiss, Levin and Paik (3rd ed. 2003, section 4.2), its level shared by all comparisons.
 */
export function neededPerVariant(variants: number, from: number, to: number): number {
  if (to === from) return Infinity;
  const comparisons = (variants * (variants - 1)) / 2;
  const sure = upperQuantile(LEVEL / comparisons / 2);
  const found = upperQuantile(1 - POWER);
  const mean = (from + to) / 2;
  const root = sure * Math.sqrt(2 * mean * (1 - mean)) + found * Math.sqrt(from * (1 - from) + to * (1 - to));
  const plain = (root / (to - from)) ** 2;
  // For the correction for continuity (Casagrande, Pike and Smith, 1978).
  const apart = Math.abs(to - from);
  const exact = (plain / 4) * (1 + Math.sqrt(1 + 4 / (plain * apart))) ** 2;
  return Math.max(DELIVERED_MIN, Math.ceil(exact));
}

/**
 * The smallest rise above a rate that so many people a variant can tell from chance, in four tests of five.
 * @returns a difference of rates; null where not even a rise to 100 % would do
 */
export function detectableRise(variants: number, from: number, perVariant: number): number | null {
  if (perVariant < neededPerVariant(variants, from, 1)) return null;
  let [low, high] = [from, 1];
  for (let round = 0; round < 50; round += 1) {
    const middle = (low + high) / 2;
    if (neededPerVariant(variants, from, middle) > perVariant) low = middle;
    else high = middle;
  }
  return high - from;
}
