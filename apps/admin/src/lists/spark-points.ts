const MARGIN = 2;

/**
 * Points of an SVG line of how many a list had at the end of each day.
 * @param now how many it has
 * @param change joined less left of each day, today last
 * @param box pixels
 */
export function sparkPoints(now: number, change: number[], box: { width: number; height: number }): string {
  const values: number[] = [];
  let value = now;
  for (let day = change.length - 1; day >= 0; day--) {
    values.unshift(value);
    value -= change[day]!;
  }
  const low = Math.min(...values);
  const span = Math.max(...values) - low;
  const x = (index: number) => MARGIN + (index / Math.max(1, values.length - 1)) * (box.width - 2 * MARGIN);
  // Without any change it is a line in the middle.
  const y = (each: number) => MARGIN + (span === 0 ? 0.5 : 1 - (each - low) / span) * (box.height - 2 * MARGIN);
  return values.map((each, index) => `${x(index).toFixed(1)},${y(each).toFixed(1)}`).join(' ');
}
