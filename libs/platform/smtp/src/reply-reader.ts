/** More than any reply needs (RFC 5321 4.5.3.1.5 asks for 512 octets a line); keeps a hostile server bounded. */
const REPLY_MAX = 65_536;

/** Puts bytes together to complete replies of one or more lines (RFC 5321 section 4.2), however they are cut. */
export class ReplyReader {
  private rest = '';
  private lines: string[] = [];
  private held = 0;

  /** @param onReply gets each complete reply; returning false stops the reading (the connection has ended) */
  constructor(private readonly onReply: (raw: string) => boolean) {}

  /** @returns false when the server says more than a reply can hold */
  read(chunk: Buffer): boolean {
    const lines = (this.rest + chunk.toString('latin1')).split('\n');
    this.rest = lines.pop() ?? '';
    for (const line of lines) {
      this.lines.push(line.endsWith('\r') ? line.slice(0, -1) : line);
      this.held += line.length;
      if (/^\d{3}-/.test(line)) continue;
      const raw = Buffer.from(this.lines.join('\n'), 'latin1').toString('utf8');
      this.lines = [];
      this.held = 0;
      if (!this.onReply(raw)) return true;
    }
    return this.held + this.rest.length <= REPLY_MAX;
  }
}
