import { DomainError } from '#contracts';
import type { FieldError, MessageBody } from '#contracts';
import type { Sql } from '#platform/database';
import { ATTACHMENT_MAX, AttachmentsService, readAttachment } from '#domain/templates';
import type { RequestContext } from '#domain/workspaces';

/** A file of a message: uploaded before, or with the message. */
export type MessageFile = { id: string } | { name: string; contentType: string; bytes: Buffer };

/** Checks the files of a message. @param errors gets what is wrong, each at its place */
export async function readFiles(
  attachments: AttachmentsService,
  ctx: RequestContext,
  files: MessageBody['attachments'],
  errors: FieldError[],
): Promise<MessageFile[]> {
  const read: MessageFile[] = [];
  let total = 0;
  for (const [index, file] of files.entries()) {
    const property = `attachments.${index}`;
    try {
      if ('id' in file) {
        const { id, bytes } = await attachments.get(ctx, file.id);
        total += bytes;
        read.push({ id });
      } else {
        const bytes = Buffer.from(file.content, 'base64');
        total += bytes.length;
        read.push({ name: file.name, contentType: readAttachment(file.name, bytes), bytes });
      }
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const [first] = error.errors ?? [];
      const code = error.code === 'NOT_FOUND' ? 'ATTACHMENT_UNKNOWN' : (first?.code ?? error.code);
      const params = first?.params ? { params: first.params } : {};
      errors.push({ property, code, message: error.message, ...params });
    }
  }
  if (total > ATTACHMENT_MAX) {
    const message = 'The files of one message may have 10 MB together. Put larger ones on your site and link to them.';
    errors.push({ property: 'attachments', code: 'ATTACHMENTS_TOO_LARGE', message, params: { total } });
  }
  return read;
}

/** Keeps the files with the message: what was uploaded may be removed while the message still waits. */
export async function storeFiles(sql: Sql, workspaceId: string, messageId: string, files: MessageFile[]) {
  for (const [position, file] of files.entries()) {
    if ('id' in file) {
      await sql.run(
        `INSERT INTO message_attachments (message_id, position, workspace_id, name, content_type, bytes)
         SELECT $1, $2, $3, name, content_type, bytes FROM attachments WHERE workspace_id = $3 AND id = $4`,
        [messageId, position, workspaceId, file.id],
      );
    } else {
      await sql.run(
        `INSERT INTO message_attachments (message_id, position, workspace_id, name, content_type, bytes)
         VALUES ($1, $2, $3, $4, $5, $6)`,
        [messageId, position, workspaceId, file.name, file.contentType, file.bytes],
      );
    }
  }
}

export function findFiles(sql: Sql, messageId: string) {
  return sql.rows<{ name: string; contentType: string; bytes: number }>(
    `SELECT name, content_type AS "contentType", octet_length(bytes) AS bytes
     FROM message_attachments WHERE message_id = $1 ORDER BY position`,
    [messageId],
  );
}

/** The files as they go into the message. */
export function loadFiles(sql: Sql, messageId: string) {
  return sql.rows<{ filename: string; contentType: string; content: Buffer }>(
    `SELECT name AS filename, content_type AS "contentType", bytes AS content
     FROM message_attachments WHERE message_id = $1 ORDER BY position`,
    [messageId],
  );
}
