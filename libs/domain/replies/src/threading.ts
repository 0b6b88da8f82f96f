import { walkMail } from '#engine/dsn';

/** Ids in a References header that is not to grow for ever: the first and the last of them (RFC 5322 section 3.6.4). */
const MOST_REFERENCES = 12;
const PREFIXES =
  /^(?:\s{0,5}(re|aw|antw|sv|vs|odp|ynt|回复|答复|回覆|答覆|回信)\s{0,2}(?:\[\d{1,3}\]|\(\d{1,3}\))?\s{0,2}[:：])+\s{0,5}/i;
const SUBJECT_MAX = 500;

/** Headers that keep an answer in the thread of the mail it answers. */
export interface Threading {
  /** With angle brackets; null where the mail has no usable Message-ID. */
  inReplyTo: string | null;
  references: string[];
}

/** In-Reply-To and References of an answer to this mail (RFC 5322 section 3.6.4). */
export function threadingOf(raw: Buffer): Threading {
  const { headers } = walkMail(raw);
  const [id] = messageIds(headers.get('message-id'));
  const known = messageIds(headers.get('references'));
  const before = known.length > 0 ? known : messageIds(headers.get('in-reply-to')).slice(0, 1);
  const references = [...new Set([...before, ...(id ? [id] : [])])];
  const [first] = references;
  const short = references.length > MOST_REFERENCES ? [first!, ...references.slice(1 - MOST_REFERENCES)] : references;
  return { inReplyTo: id ?? null, references: short };
}

/** Ids of a header as they may stand in ours: ASCII without blanks, of bounded length. */
function messageIds(value: string | null): string[] {
  const ids = (value ?? '').slice(0, 16_000).match(/<[\x21-\x3b\x3d\x3f-\x7e]{3,300}>/g);
  return ids ?? [];
}

/**
 * The subject of an answer: one `Re:` whatever stood there before, and in Chinese where the thread is Chinese, so that
 * mail programs there show it as they show their own.
 */
export function answerSubject(subject: string): string {
  const prefix = PREFIXES.exec(subject.slice(0, 200));
  const bare = subject
    .slice(prefix?.[0].length ?? 0)
    .trim()
    .slice(0, SUBJECT_MAX);
  const chinese = prefix ? /[\u4e00-\u9fff]/.test(prefix[1]!) : /\p{Script=Han}/u.test(bare);
  return chinese ? `回复：${bare}` : `Re: ${bare}`;
}
