import type { FetchMessageObject, ImapFlow, MessageStructureObject } from 'imapflow';

/** The most octets of each sort, as they lie there (encoded). The rest stays in the mailbox. */
const HEADER_BYTES = 262_144;
const PART_BYTES = 262_144;
/** The header of the returned original and the beginning of its text. */
const ORIGINAL_BYTES = 32_768;
const ALL_BYTES = 1_048_576;
const PARTS_MAX = 100;
const DEPTH_MAX = 20;
const REPORTS = new Set([
  'message/delivery-status',
  'message/global-delivery-status',
  'message/feedback-report',
  'message/disposition-notification',
  'message/global-disposition-notification',
  'message/global-headers',
]);
const ORIGINALS = new Set(['message/rfc822', 'message/global']);
/** Stands in the header of the mail, and of each part that is not whole: octets that stay in the mailbox. */
const LEFT_OUT = 'X-Hongyan-Left-Out';

/** Gives a command its deadline; `bytes` is what it is expected to bring. */
type Guard = <T>(work: Promise<T>, bytes: number) => Promise<T>;
type Leaf = MessageStructureObject & { take: number };

/**
 * The parts of a large mail that matter here, put together to a mail of the same structure: header, texts, reports and
 * the beginning of the returned original. Other parts keep their headers and lose their content, with a note.
 * @returns null when the server's structure can't be right or is too large: read the beginning of the mail instead
 * @throws Error when the connection is lost
 */
export async function readParts(
  client: ImapFlow,
  { uid, size }: { uid: number; size: number },
  inTime: Guard,
): Promise<Buffer | null> {
  const ask = (query: object, bytes: number) =>
    inTime(client.fetchOne(String(uid), { uid: true, ...query }, { uid: true }), bytes);
  const asked = { bodyStructure: true, bodyParts: [{ key: 'header', maxLength: HEADER_BYTES }] };
  const first = await ask(asked, HEADER_BYTES);
  if (!first || !first.bodyStructure || !first.headers || first.headers.length >= HEADER_BYTES) return null;
  const root = first.bodyStructure;
  const leaves = plan(root);
  if (!leaves || !isPlausible(root, leaves, first.headers, size)) return null;
  const wanted = leaves.filter(({ take }) => take > 0);
  const contents = wanted.map(({ part, take }) => ({ key: part ?? 'text', maxLength: take }));
  const headers = nodesOf(root).flatMap(({ part }) => (part ? [`${part}.mime`] : []));
  const query = { bodyParts: [...headers, ...contents] };
  const second = query.bodyParts.length > 0 ? await ask(query, ALL_BYTES) : first;
  return second ? assemble(root, leaves, first.headers, second) : null;
}

/** Every node but those within enclosed messages, in order. */
function nodesOf(node: MessageStructureObject): MessageStructureObject[] {
  return [node, ...(isMultipart(node) ? (node.childNodes ?? []).flatMap(nodesOf) : [])];
}

function isMultipart({ type }: MessageStructureObject): boolean {
  return type.startsWith('multipart/');
}

/** What to take of each leaf; null for a structure that is too deep, too wide or lacks what it needs. */
function plan(root: MessageStructureObject): Leaf[] | null {
  const leaves: Leaf[] = [];
  let left = ALL_BYTES;
  const walk = (node: MessageStructureObject, depth: number): boolean => {
    if (depth > DEPTH_MAX || leaves.length > PARTS_MAX) return false;
    if (isMultipart(node)) {
      const { childNodes = [] } = node;
      return boundaryOf(node) !== null && childNodes.length > 0 && childNodes.every((each) => walk(each, depth + 1));
    }
    const take = Math.min(mostOf(node.type), node.size ?? 0, left);
    left -= take;
    leaves.push({ ...node, take });
    return true;
  };
  return walk(root, 0) && leaves.length <= PARTS_MAX ? leaves : null;
}

/** The parts make up most of the mail, and its header agrees on whether there are any. */
function isPlausible(root: MessageStructureObject, leaves: readonly Leaf[], header: Buffer, size: number): boolean {
  const octets = leaves.reduce((sum, leaf) => sum + (leaf.size ?? 0), 0);
  return (
    octets >= size / 2 && (isMultipart(root) || !/^content-type:\s{0,20}multipart\//im.test(header.toString('latin1')))
  );
}

function mostOf(type: string): number {
  if (ORIGINALS.has(type)) return ORIGINAL_BYTES;
  return type.startsWith('text/') || REPORTS.has(type) ? PART_BYTES : 0;
}

function boundaryOf({ parameters }: MessageStructureObject): string | null {
  const boundary = parameters?.boundary ?? '';
  return boundary.length > 0 && boundary.length <= 200 && !/[\r\n]/.test(boundary) ? boundary : null;
}

function assemble(
  root: MessageStructureObject,
  leaves: readonly Leaf[],
  header: Buffer,
  { bodyParts }: FetchMessageObject,
): Buffer | null {
  const pieces: (Buffer | string)[] = [];
  const put = (node: MessageStructureObject, head: Buffer | undefined, all = 0): boolean => {
    if (!head) return false;
    const boundary = isMultipart(node) ? boundaryOf(node) : null;
    if (boundary !== null) {
      // A header that does not name it is another mail's, or the structure is.
      if (!head.includes(boundary)) return false;
      pieces.push(...noted(head, all));
      for (const child of node.childNodes ?? []) {
        pieces.push(`--${boundary}\r\n`);
        if (!put(child, bodyParts?.get(`${child.part}.mime`))) return false;
        pieces.push('\r\n');
      }
      pieces.push(`--${boundary}--\r\n`);
      return true;
    }
    const leaf = leaves.find(({ part }) => part === node.part);
    const content = leaf && leaf.take > 0 ? bodyParts?.get(node.part ?? 'text') : Buffer.alloc(0);
    if (!leaf || !content) return false;
    pieces.push(...noted(head, Math.max(all, leftOf(leaf))), content);
    return true;
  };
  const all = leaves.reduce((sum, leaf) => sum + leftOf(leaf), 0);
  return put(root, header, all) ? Buffer.concat(pieces.map((piece) => Buffer.from(piece as string))) : null;
}

function leftOf({ size = 0, take }: Leaf): number {
  return size - take;
}

/** A header with its empty line, and before that the note of what is left out. */
function noted(header: Buffer, octets: number): (Buffer | string)[] {
  let end = header.length;
  while (end > 0 && (header[end - 1] === 10 || header[end - 1] === 13)) end -= 1;
  const note = octets > 0 ? `${LEFT_OUT}: ${octets} octets\r\n` : '';
  return [header.subarray(0, end), end > 0 ? '\r\n' : '', `${note}\r\n`];
}
