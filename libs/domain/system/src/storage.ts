import { statfs } from 'node:fs/promises';
import type { z } from 'zod';
import { STORAGE_PARTS } from '#contracts';
import type { SystemStorage } from '#contracts';
import type { Sql } from '#platform/database';

type Storage = z.infer<typeof SystemStorage>;
type Part = Storage['parts'][number]['name'];

/** Whose tables are what; what is not named is `other`. */
const PART_OF: Record<string, Part> = {
  campaign_recipients: 'recipients',
  campaign_exclusions: 'recipients',
  events: 'recipients',
  send_batches: 'recipients',
  contacts: 'contacts',
  list_members: 'contacts',
  suppressions: 'contacts',
  inbound_messages: 'received',
  reply_threads: 'received',
  reply_mails: 'received',
  messages: 'triggered',
  message_contents: 'triggered',
  message_attachments: 'triggered',
  images: 'files',
  attachments: 'files',
  report_cells: 'reports',
  report_blocks: 'reports',
  report_marks: 'reports',
};

/** How much room the product takes. @param dataDir whose disk is looked at; its size is null where nobody can tell */
export async function readStorage(sql: Sql, dataDir: string): Promise<Storage> {
  const [total, parts, disk] = await Promise.all([
    sql.first<{ bytes: number }>('SELECT pg_database_size(current_database())::float8 AS bytes'),
    partsOf(sql),
    statfs(dataDir).catch(() => null),
  ]);
  const databaseBytes = total?.bytes ?? 0;
  const known = parts.reduce((sum, { bytes }) => sum + bytes, 0);
  return {
    databaseBytes,
    parts: parts.map((part) => (part.name === 'other' ? { ...part, bytes: part.bytes + databaseBytes - known } : part)),
    disk: disk && { freeBytes: disk.bavail * disk.bsize, totalBytes: disk.blocks * disk.bsize },
  };
}

/** A partition is counted with the table it is a part of. */
async function partsOf(sql: Sql): Promise<Storage['parts']> {
  const rows = await sql.rows<{ name: string; bytes: number }>(
    `SELECT coalesce(p.relname, c.relname) AS name, sum(pg_total_relation_size(c.oid))::float8 AS bytes
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public'
     LEFT JOIN pg_inherits i ON i.inhrelid = c.oid LEFT JOIN pg_class p ON p.oid = i.inhparent
     WHERE c.relkind = 'r' GROUP BY 1`,
  );
  const sums = new Map<Part, number>(STORAGE_PARTS.map((name) => [name, 0]));
  for (const { name, bytes } of rows) {
    const part = PART_OF[name] ?? 'other';
    sums.set(part, (sums.get(part) ?? 0) + bytes);
  }
  return [...sums].map(([name, bytes]) => ({ name, bytes }));
}
