/** Durations one may choose, in minutes; what a program has set beside them is shown too. */
const CHOICES = [60, 120, 240, 480, 720, 1_440, 2_880, 4_320, 10_080];

/** A duration in its largest whole unit, as a key of the texts and its number. */
export function unitOf(minutes: number): { key: 'days' | 'hours' | 'minutes'; n: number } {
  if (minutes % 1_440 === 0) return { key: 'days', n: minutes / 1_440 };
  if (minutes % 60 === 0) return { key: 'hours', n: minutes / 60 };
  return { key: 'minutes', n: minutes };
}

export function durationChoices(present: number | undefined): number[] {
  const all = present === undefined ? CHOICES : [...CHOICES, present];
  return [...new Set(all)].sort((one, other) => one - other);
}
