/** RFC 6376 3.4.2: one header field, folded or not, without its final CRLF. */
export function relaxedHeader(field: string): string {
  const colon = field.indexOf(':');
  const name = field
    .slice(0, colon)
    .replace(/[ \t]+/g, '')
    .toLowerCase();
  // Only blank and tab are white space here: trim() would also take octet A0, the end of some UTF-8 characters.
  const value = field
    .slice(colon + 1)
    .replace(/\r\n/g, '')
    .replace(/[ \t]+/g, ' ')
    .replace(/^ | $/g, '');
  return `${name}:${value}`;
}

/** RFC 6376 3.4.4. `body` has CRLF line ends; `latin1` text, so that every octet is one character. */
export function relaxedBody(body: string): string {
  const collapsed = body.replace(/[ \t]+/g, ' ').replace(/ \r\n/g, '\r\n');
  let end = collapsed.endsWith(' ') ? collapsed.length - 1 : collapsed.length;
  while (end >= 2 && collapsed.startsWith('\r\n', end - 2)) end -= 2;
  return end === 0 ? '' : `${collapsed.slice(0, end)}\r\n`;
}

/** The fields of a header block (without the blank line), each with its folded lines and without its final CRLF. */
export function headerFields(block: string): string[] {
  const fields: string[] = [];
  for (const line of block.split('\r\n')) {
    const last = fields.length - 1;
    if (/^[ \t]/.test(line) && last >= 0) fields[last] += `\r\n${line}`;
    else if (line !== '') fields.push(line);
  }
  return fields;
}
