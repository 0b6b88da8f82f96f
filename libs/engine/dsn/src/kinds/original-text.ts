/** Where the report ends and the returned original, pasted as text, begins. */
import { parseHeaders } from '../mime/headers.js';
import type { MailHeaders } from '../mime/headers.js';

/** Lines that programs write above the original; samples are such lines. */
const DELIMITERS: RegExp[] = [
  // --- Below this line is a copy of the message.   ---Below this line is a copy of the message.
  /^[-\s]{0,10}(?:below (?:this|the next) line|enclosed|attach(?:ment|ed)) is a copy of the/,
  // ------ This is a copy of the message, including all the headers. ------
  /^[-\s]{0,10}this is a copy of (?:the|your) message/,
  // --- The header of the original message is following. ---
  /^[-\s]{0,10}the headers? of the original message/,
  // ----- Unsent message follows -----   ----- Original message follows -----   Message headers follow.
  /^[-\s|]{0,40}(?:unsent message|original message(?: headers?)?(?: as received)?|message headers?|message text|returned message|header(?: of the message)?)\s{0,3}(?:is )?(?:as )?follow/,
  // ----- Original message -----   ---------- Original message ----------
  /^-{2,60}\s{0,3}(?:original|returned|undelivered|unsent)\s(?:message|mail|e-?mail)(?: follows?\.?)?\s{0,3}-{0,60}$/,
  // Original message headers:   Original message as received is as follows:
  /^original message (?:headers?|as received)/,
  // Below is a copy of the original message:   Message headers follow:
  /^\s{0,10}below is a copy of the (?:original )?message/,
  // --- 附件中的内容是原信件的一份拷贝   ----- 原始邮件 -----
  /^[-\s]{0,20}(?:附件中的内容是原|以下是原始?(?:邮件|信件)|原始?(?:邮件|信件|郵件)(?:内容|附件)?(?:如下)?\s{0,3}-{2,})/,
  // A summary of the undelivered message you sent follows:
  /^a summary of the undelivered message/,
  // > Begin forwarded … never; ----- The original message is attached -----
  /^[-\s]{2,20}the original message/,
];

const MAX_ORIGINAL = 65_536;

export interface SplitText {
  /** What the reporting server says. */
  head: string;
  /** Header of the original, when it was pasted below. */
  original: MailHeaders | null;
}

/** Splits the text of a report at the first line that announces the original. */
export function splitOriginal(text: string): SplitText {
  let at = 0;
  while (at < text.length) {
    const end = text.indexOf('\n', at);
    const stop = end < 0 ? text.length : end;
    if (stop - at < 200 && isDelimiter(text.slice(at, stop)))
      return { head: text.slice(0, at), original: pasted(text.slice(stop)) };
    at = stop + 1;
  }
  return { head: text, original: null };
}

function isDelimiter(line: string): boolean {
  const lower = line.trim().toLowerCase();
  return lower.length > 8 && DELIMITERS.some((pattern) => pattern.test(lower));
}

function pasted(rest: string): MailHeaders | null {
  const text = rest.slice(0, MAX_ORIGINAL).trimStart();
  const end = text.indexOf('\n\n');
  const headers = parseHeaders((end < 0 ? text : text.slice(0, end)).replace(/^>\s?/gm, ''));
  return headers.size > 1 ? headers : null;
}
