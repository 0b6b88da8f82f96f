const DAY_MS = 86_400_000;
/** Within how many days somebody was last active for five, four, three and two stars; one star is for any time before. */
export const STAR_DAYS = [7, 30, 90, 180] as const;
export const STARS_MAX = STAR_DAYS.length + 1;

/**
 * Engagement of a contact by when they were last active, 1 to 5.
 * @param lastActiveAt of people, not of machines; null: never
 * @param now milliseconds since 1970
 */
export function starsOf(lastActiveAt: string | null, now: number): number {
  if (lastActiveAt === null) return 0;
  const days = (now - Date.parse(lastActiveAt)) / DAY_MS;
  const step = STAR_DAYS.findIndex((limit) => days <= limit);
  return step === -1 ? 1 : STARS_MAX - step;
}
