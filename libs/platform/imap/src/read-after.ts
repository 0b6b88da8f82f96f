import type { ImapFlow } from 'imapflow';

/** One mail as it lies on the server. */
export interface FetchedMail {
  uid: number;
  /** Bytes on the server. */
  size: number;
  /** When the server took it. */
  receivedAt: Date | null;
  raw: Buffer;
  /** True when `raw` is only the beginning, because the mail is larger than allowed. */
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
const CUT_BYTES = 262_144;
const UID_MAX = 4_294_967_295;

/** Yields the mails after `lastUid`; see ImapMailbox.fetchSince. */
export async function* readAfter(
  client: ImapFlow,
  lastUid: number,
  { limit, maxBytes }: { limit: number; maxBytes: number },
  inTime: Guard,
): AsyncGenerator<FetchedMail> {
  const found = await nextMails(client, lastUid, limit, inTime);
  for (const group of groups(found, maxBytes)) {
    const range = group.map(({ uid }) => uid).join(',');
    const cut = group.some(({ size }) => size > maxBytes);
    const query = { uid: true, size: true, internalDate: true, source: cut ? { maxLength: CUT_BYTES } : true };
    const fetched = await inTime(client.fetchAll(range, query, { uid: true }), bytesOf(group, maxBytes));
    for (const mail of fetched.sort((a, b) => a.uid - b.uid)) {
      if (!mail.source) continue;
      const date = mail.internalDate ? new Date(mail.internalDate) : null;
      const size = mail.size ?? mail.source.length;
      const receivedAt = date && !Number.isNaN(date.getTime()) ? date : null;
      yield { uid: mail.uid, size, receivedAt, raw: mail.source, cut: mail.source.length < size && cut };
    }
  }
}

/** UIDs and sizes of the next mails, in ranges: a folder of a million mails is never listed whole. */
async function nextMails(client: ImapFlow, lastUid: number, limit: number, inTime: Guard): Promise<Sized[]> {
  const folder = client.mailbox;
  if (!folder) throw new Error('No folder is selected.');
  let width = RANGE;
  // uidNext is as of SELECT; mail that came since has a larger UID, so the last range is open.
  for (let from = lastUid + 1; from <= UID_MAX;) {
    const last = from + width - 1 >= folder.uidNext;
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

function bytesOf(group: readonly Sized[], maxBytes: number): number {
  return group.reduce((sum, { size }) => sum + Math.min(size, maxBytes), 0);
}

/** Mails that are fetched together: small ones in groups, a large one alone. */
function groups(mails: readonly Sized[], maxBytes: number): Sized[][] {
  const result: Sized[][] = [];
  let bytes = 0;
  for (const mail of mails) {
    const group = result.at(-1);
    if (!group || mail.size > maxBytes || bytes + mail.size > GROUP_BYTES || group.length >= GROUP_MAILS) {
      result.push([mail]);
      bytes = mail.size;
    } else {
      group.push(mail);
      bytes += mail.size;
    }
  }
  return result;
}
