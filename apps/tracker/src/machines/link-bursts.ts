/** So many different links of one mail within two seconds of each other are no person's doing. */
const LINKS = 3;
const WINDOW_MS = 2_000;
/** Recipients watched at once; the one that clicked longest ago is forgotten first. */
const WATCHED = 20_000;

/**
 * Recognises by its pattern a scanner that poses as a browser: it follows one link after the other. The first two are
 * counted by then; correcting them afterwards is left to a later pass over the events.
 */
export class LinkBursts {
  private readonly clicks = new Map<string, { links: Set<number>; last: number }>();

  /**
   * @param recipient campaign and sequence number
   * @param now milliseconds of a clock that only goes forward
   * @returns true when this click belongs to a burst
   */
  add(recipient: string, link: number, now: number): boolean {
    const known = this.clicks.get(recipient);
    const entry = known && now - known.last <= WINDOW_MS ? known : { links: new Set<number>(), last: now };
    entry.last = now;
    entry.links.add(link);
    this.clicks.delete(recipient);
    this.clicks.set(recipient, entry);
    if (this.clicks.size > WATCHED) this.clicks.delete(this.clicks.keys().next().value ?? '');
    return entry.links.size >= LINKS;
  }
}
