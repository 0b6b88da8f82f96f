/** Numbers in [0, 1) that follow from the seed alone (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Up to here every one is drawn by itself. */
const SMALL = 200;

/** How many of `count` it happens to when it happens to each with the probability `share`. */
export function binomial(count: number, share: number, random: () => number): number {
  if (count <= 0 || share <= 0) return 0;
  if (share >= 1) return count;
  if (count <= SMALL) {
    let hits = 0;
    for (let drawn = 0; drawn < count; drawn += 1) if (random() < share) hits += 1;
    return hits;
  }
  // De Moivre and Laplace: of so many the normal distribution is near enough (Box and Muller draw from it).
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const drawn = Math.round(count * share + normal * Math.sqrt(count * share * (1 - share)));
  return Math.min(count, Math.max(0, drawn));
}
