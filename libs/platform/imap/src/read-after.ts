import type { ImapFlow } from 'imapflow';
import { readParts } from './read-parts.js';

/** One mail as it lies on the server. */
export interface FetchedMail {
  uid: number;
  /** Bytes on the server. */
  size: number;
  raw: Buffer;
  /** True when `raw` is not all of it: the parts that matter of a large mail, or its beginning. */
  cut: boolean;
}

/** Gives a command its deadline; `bytes` is what it is expected to bring. */
type Guard = <T>(work: Promise<T>, bytes: number) => Promise<T>;
interface Sized {
  uid: number;
  size: number;
}

/** UIDs asked for at once; doubles while a range turns out empty, since UIDs may have wide gaps. */
const RANGE = 500;
const RANGE_MAX = 1_000_000;
/** A group of mails fetched by one command. */
const GROUP_BYTES = 2_097_152;
const GROUP_MAILS = 50;
/**
 * Where the structure of a large mail can't be used, and where a mail is larger than the server has said: some servers
 * count roughly, so this is well above what is read whole.
 */
const CUT_BYTES = 2_097_152;
const UID_MAX = 4_294_967_295;

interface Wanted {
  /** As of SELECT. */
  uidNext: number;
  limit: number;
  wholeBytes: number;
  byStructure: boolean;
}

/** Yields the mails after `lastUid`; see ImapMailbox.fetchSince. */
export async function* readAfter(
  client: ImapFlow,
  lastUid: number,
  { uidNext, limit, wholeBytes, byStructure }: Wanted,
  inTime: Guard,
): AsyncGenerator<FetchedMail> {
  const found = await nextMails(client, { lastUid, uidNext, limit }, inTime);
  for (const group of groups(found, wholeBytes)) {
    const [first] = group;
    const large = first && first.size > wholeBytes ? first : null;
    const parts = large && byStructure ? await readParts(client, large, inTime) : null;
    if (large && parts) yield { uid: large.uid, size: large.size, raw: parts, cut: true };
    else yield* readWhole(client, group, inTime);
  }
}

/** Mails as they lie there. What is asked for is bounded, whatever the server has said of their sizes. */
async function* readWhole(client: ImapFlow, group: readonly Sized[], inTime: Guard): AsyncGenerator<FetchedMail> {
  const range = group.map(({ uid }) => uid).join(',');
  const query = { uid: true, size: true, source: { maxLength: CUT_BYTES } };
  const bytes = group.reduce((sum, { size }) => sum + Math.min(size, CUT_BYTES), 0);
  const fetched = await inTime(client.fetchAll(range, query, { uid: true }), bytes);
  for (const { uid, size, source } of fetched.sort((a, b) => a.uid - b.uid)) {
    if (!source) continue;
    // A server that answers more than it was asked for is cut off here.
    const raw = source.length > CUT_BYTES ? source.subarray(0, CUT_BYTES) : source;
    yield { uid, size: size ?? raw.length, raw, cut: raw.length >= CUT_BYTES };
  }
}

/** UIDs and sizes of the next mails, in ranges: a folder of a million mails is never listed whole. */
async function nextMails(
  client: ImapFlow,
  { lastUid, uidNext, limit }: Pick<Wanted, 'uidNext' | 'limit'> & { lastUid: number },
  inTime: Guard,
): Promise<Sized[]> {
  if (!client.mailbox) throw new Error('No folder is selected.');
  let width = RANGE;
  // uidNext is as of SELECT; mail that came since has a larger UID, so the last range is open.
  for (let from = lastUid + 1; from <= UID_MAX;) {
    const last = from + width - 1 >= uidNext;
    const range = `${from}:${last ? '*' : from + width - 1}`;
    const fetched = await inTime(client.fetchAll(range, { uid: true, size: true }, { uid: true }), 0);
    // RFC 3501 section 6.4.8: n:* answers the last mail even when its UID is below n.
    const found = fetched.filter(({ uid }) => uid > lastUid).sort((a, b) => a.uid - b.uid);
    if (found.length > 0 || last) return found.slice(0, limit).map(({ uid, size }) => ({ uid, size: size ?? 0 }));
    from += width;
    width = Math.min(width * 2, RANGE_MAX);
  }
  return [];
}

/** Mails that are fetched together: small ones in groups, a large one alone. */
function groups(mails: readonly Sized[], wholeBytes: number): Sized[][] {
  const result: Sized[][] = [];
  let bytes = 0;
  for (const mail of mails) {
    const group = result.at(-1);
    if (
      !group ||
      bytes > wholeBytes ||
      mail.size > wholeBytes ||
      bytes + mail.size > GROUP_BYTES ||
      group.length >= GROUP_MAILS
    ) {
      result.push([mail]);
      bytes = mail.size;
    } else {
      group.push(mail);
      bytes += mail.size;
    }
  }
  return result;
}
