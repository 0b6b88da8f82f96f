/**
 * Upper tail of the standard normal distribution, P(Z > z). By the Chebyshev fit of erfc in Press, Teukolsky, Vetterling
 * and Flannery, Numerical Recipes, 2nd ed., section 6.2: relative error below 1.2e-7 everywhere.
 */
export function upperTail(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + x / 2);
  const fit = COEFFICIENTS.reduceRight((sum, coefficient) => sum * t + coefficient, 0);
  const tail = (t * Math.exp(-x * x + fit)) / 2;
  return z >= 0 ? tail : 1 - tail;
}

const COEFFICIENTS = [
  -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587, -0.82215223,
  0.17087277,
];

/** The z above which a part of the standard normal distribution lies. @param part between 0 and 1, both excluded */
export function upperQuantile(part: number): number {
  let [low, high] = [-40, 40];
  for (let round = 0; round < 80; round += 1) {
    const middle = (low + high) / 2;
    if (upperTail(middle) > part) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
