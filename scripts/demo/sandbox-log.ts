import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** One record of the sandbox' log: a message it took, or a recipient it refused (format 1, apps/sandbox/README.md). */
export interface LogRecord {
  id: number;
  kind: 'message' | 'refused';
  to: string[];
  /** What the simulator does, one entry for each recipient; the cause of a refusal. */
  simulated: string[];
  /** The whole reply of a refusal. */
  reply?: string;
  /** The message's header, unparsed. */
  head: string;
}

interface Header extends Omit<LogRecord, 'id' | 'head'> {
  v: number;
  id: string;
  size: number;
}

/** Reads the log's own files, behind everybody's back: every whole record after `mark`. */
export function readSandboxLog(dataDir: string, mark: number): LogRecord[] {
  const dir = path.join(dataDir, 'sandbox');
  const files = readdirSync(dir).filter((name) => /^segment-\d{15}\.log$/.test(name));
  return files
    .sort()
    .flatMap((name) => readSegment(readFileSync(path.join(dir, name))))
    .filter((record) => record.id > mark);
}

function readSegment(bytes: Buffer): LogRecord[] {
  const records: LogRecord[] = [];
  for (let at = 0; at < bytes.length;) {
    const end = bytes.indexOf(0x0a, at);
    if (end < 0) break;
    const { v, id, size, kind, to, simulated, reply } = JSON.parse(bytes.toString('utf8', at, end)) as Header;
    if (v !== 1) throw new Error(`The sandbox log has format ${v}; the check knows format 1.`);
    const body = end + 1;
    if (body + size >= bytes.length) break; // still being written
    const blank = bytes.indexOf('\r\n\r\n', body);
    const headEnd = blank < 0 || blank > body + size ? body + size : blank;
    const head = bytes.toString('latin1', body, headEnd);
    records.push({ id: Number(id), kind, to, simulated, head, ...(reply === undefined ? {} : { reply }) });
    at = body + size + 1;
  }
  return records;
}
