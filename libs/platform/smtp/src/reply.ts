/** One reply of a server, with the codes taken out of its lines. */
export interface SmtpReply {
  /** 0 when the line does not start with a reply code: not SMTP at all. */
  code: number;
  /** RFC 3463 status of the first line that has one. */
  enhanced: string | undefined;
  /** The words, lines joined by a space; at most 500 characters. */
  text: string;
}

const TEXT_MAX = 500;
const LINE = /^(\d{3})(?:[ -]|$)(?:([245]\.\d{1,3}\.\d{1,3})(?= |$) ?)?(.*)$/;

/** Reads a complete reply of one or more lines (RFC 5321 section 4.2). */
export function parseReply(raw: string): SmtpReply {
  const words: string[] = [];
  let code = 0;
  let enhanced: string | undefined;
  for (const line of raw.split(/\r?\n/).slice(0, 100)) {
    const match = LINE.exec(line);
    code ||= Number(match?.[1] ?? 0);
    enhanced ??= match?.[2];
    words.push(match ? (match[3] ?? '') : line);
  }
  return { code, enhanced, text: shorten(words.join(' ')) };
}

/** One line without control characters, at most 500 characters. */
export function shorten(text: string): string {
  const oneLine = text
    .slice(0, 4 * TEXT_MAX)
    .replace(/[\u0000-\u0020\u007f]+/g, ' ')
    .trim();
  return oneLine.length > TEXT_MAX ? `${oneLine.slice(0, TEXT_MAX - 1)}…` : oneLine;
}
