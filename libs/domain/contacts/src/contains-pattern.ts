/** LIKE pattern (lower case) for *contains this text*, with LIKE's own signs escaped; null when nothing is asked. */
export function containsPattern(q: string | undefined): string | null {
  return q
    ? `%${q
        .toLowerCase()
        .replace(/[\\%_]/g, '\\$&')
        .replaceAll('\0', '')}%`
    : null;
}
