import type { LogHeader } from './log-record.js';
import type { Segment } from './segments.js';

/** Which records a page shows: `q` in recipient, From or subject; `to` a whole recipient address. */
export interface LogQuery {
  kind: LogHeader['kind'];
  limit: number;
  /** Only records with a smaller id. */
  cursor?: number | undefined;
  q?: string | undefined;
  to?: string | undefined;
}

/** Where a record is, and what can be searched: about 200 bytes in memory. */
export interface LogEntry {
  id: number;
  segment: Segment;
  offset: number;
  headerLength: number;
  size: number;
  /** Recipients joined by a space. */
  to: string;
  from: string;
  subject: string;
}

const MAX_INTERNED = 1000;

/** What memory knows of the log: its records in order of id. */
export class LogIndex {
  private byKind: Record<LogHeader['kind'], LogEntry[]> = { message: [], refused: [] };
  private readonly interned = new Map<string, string>();

  add(header: LogHeader, segment: Segment, offset: number, headerLength: number): void {
    const { size } = header;
    const [from, subject] = [this.intern(header.from), this.intern(header.subject)];
    const entry = {
      id: Number(header.id),
      segment,
      offset,
      headerLength,
      size,
      to: detach(header.to.join(' ')),
      from,
      subject,
    };
    this.byKind[header.kind].push(entry);
  }

  count(kind: LogHeader['kind']): number {
    return this.byKind[kind].length;
  }

  find(id: number): LogEntry | undefined {
    const entries = this.byKind.message;
    const entry = entries[lowerBound(entries, id)];
    return entry?.id === id ? entry : undefined;
  }

  /** One page, newest first. `more` tells whether older ones follow, `total` counts all that match. */
  page(query: LogQuery): { entries: LogEntry[]; more: boolean; total: number } {
    const all = this.byKind[query.kind];
    const matching = query.q || query.to ? all.filter(matcher(query)) : all;
    const end = query.cursor === undefined ? matching.length : lowerBound(matching, query.cursor);
    const entries = matching.slice(Math.max(0, end - query.limit), end).reverse();
    return { entries, more: end > entries.length, total: matching.length };
  }

  /** Forgets the records of a segment, or all. */
  forget(segment?: Segment): void {
    const kept = (entries: LogEntry[]) => (segment ? entries.filter((entry) => entry.segment !== segment) : []);
    this.byKind = { message: kept(this.byKind.message), refused: kept(this.byKind.refused) };
  }

  /** A campaign repeats its From and subject thousands of times: keep one copy. */
  private intern(text: string): string {
    const known = this.interned.get(text);
    if (known !== undefined) return known;
    if (this.interned.size >= MAX_INTERNED) this.interned.clear();
    const copy = detach(text);
    this.interned.set(copy, copy);
    return copy;
  }
}

/** A slice of a string keeps the whole alive, here the header block of a message; a copy does not. */
function detach(text: string): string {
  return Buffer.from(text).toString();
}

/** Position of the first entry whose id is at least `id`. */
function lowerBound(entries: LogEntry[], id: number): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (entries[middle]!.id < id) low = middle + 1;
    else high = middle;
  }
  return low;
}

function matcher({ q, to }: LogQuery): (entry: LogEntry) => boolean {
  const needle = q?.toLowerCase() ?? '';
  const address = to?.toLowerCase();
  return (entry) => {
    if (address && !entry.to.toLowerCase().split(' ').includes(address)) return false;
    return !needle || `${entry.to}\n${entry.from}\n${entry.subject}`.toLowerCase().includes(needle);
  };
}
