import type { Sql } from '#platform/database';

/** Bound of images a workspace may keep. */
export const IMAGES_MAX = 2_000;

export interface ImageRow {
  id: string;
  publicId: string;
  name: string;
  width: number;
  height: number;
  bytes: number;
  createdAt: Date;
}

const COLUMNS = `id, public_id AS "publicId", name, width, height, octet_length(bytes) AS bytes, created_at AS "createdAt"`;

/** Images whose name matches, newest first, before the given id. `q` is a LIKE pattern. */
export function findImages(
  sql: Sql,
  workspaceId: string,
  page: { before: string | null; limit: number; q: string | null },
): Promise<ImageRow[]> {
  return sql.rows<ImageRow>(
    `SELECT ${COLUMNS} FROM images
      WHERE workspace_id = $1 AND ($2::bigint IS NULL OR id < $2) AND ($4::text IS NULL OR name ILIKE $4)
      ORDER BY id DESC LIMIT $3`,
    [workspaceId, page.before, page.limit, page.q],
  );
}

export async function countImages(sql: Sql, workspaceId: string, q: string | null): Promise<number> {
  const row = await sql.first<{ n: number }>(
    'SELECT count(*)::int AS n FROM images WHERE workspace_id = $1 AND ($2::text IS NULL OR name ILIKE $2)',
    [workspaceId, q],
  );
  return row?.n ?? 0;
}

export async function insertImage(
  sql: Sql,
  workspaceId: string,
  image: { publicId: string; name: string; contentType: string; width: number; height: number; content: Buffer },
): Promise<ImageRow> {
  const row = await sql.first<ImageRow>(
    `INSERT INTO images (workspace_id, public_id, name, content_type, width, height, bytes)
     VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING ${COLUMNS}`,
    [workspaceId, image.publicId, image.name, image.contentType, image.width, image.height, image.content],
  );
  return row!;
}

/** The name of the deleted image; undefined where there is none. */
export async function deleteImage(sql: Sql, workspaceId: string, id: string): Promise<string | undefined> {
  const row = await sql.first<{ name: string }>(
    'DELETE FROM images WHERE workspace_id = $1 AND id = $2 RETURNING name',
    [workspaceId, id],
  );
  return row?.name;
}

/** An image as the public gets it, by the id that stands in mails; undefined for any other text. */
export async function findImage(
  sql: Sql,
  publicId: string,
): Promise<{ contentType: string; bytes: Buffer } | undefined> {
  if (!/^[A-Za-z0-9_-]{16,64}$/.test(publicId)) return undefined;
  return sql.first('SELECT content_type AS "contentType", bytes FROM images WHERE public_id = $1', [publicId]);
}
