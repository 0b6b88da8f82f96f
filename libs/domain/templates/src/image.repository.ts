import type { Sql } from '#platform/database';

/** Bound of images a workspace may keep. */
export const IMAGES_MAX = 2_000;

export interface ImageRow {
  id: string;
  version: number;
  publicId: string;
  name: string;
  alt: string;
  folder: string;
  width: number;
  height: number;
  bytes: number;
  createdAt: Date;
}

const COLUMNS = `id, version, public_id AS "publicId", name, alt, folder, width, height, octet_length(bytes) AS bytes,
  created_at AS "createdAt"`;

/** What narrows a list of images. `q` is a LIKE pattern, `folder` null for all and empty for those in none. */
export interface ImageFilter {
  q: string | null;
  folder: string | null;
}
const MATCHES = '($2::text IS NULL OR name ILIKE $2 OR alt ILIKE $2) AND ($3::text IS NULL OR folder = $3)';

/** Images whose name or alt text matches, newest first, before the given id. */
export function findImages(
  sql: Sql,
  workspaceId: string,
  { q, folder, before, limit }: ImageFilter & { before: string | null; limit: number },
): Promise<ImageRow[]> {
  return sql.rows<ImageRow>(
    `SELECT ${COLUMNS} FROM images WHERE workspace_id = $1 AND ${MATCHES} AND ($4::bigint IS NULL OR id < $4)
     ORDER BY id DESC LIMIT $5`,
    [workspaceId, q, folder, before, limit],
  );
}

export async function countImages(sql: Sql, workspaceId: string, { q, folder }: ImageFilter): Promise<number> {
  const row = await sql.first<{ n: number }>(
    `SELECT count(*)::int AS n FROM images WHERE workspace_id = $1 AND ${MATCHES}`,
    [workspaceId, q, folder],
  );
  return row?.n ?? 0;
}

/** The folders that hold something, by name. */
export function findImageFolders(sql: Sql, workspaceId: string): Promise<{ name: string; images: number }[]> {
  return sql.rows(
    `SELECT folder AS name, count(*)::int AS images FROM images WHERE workspace_id = $1 AND folder <> ''
     GROUP BY folder ORDER BY lower(folder), folder`,
    [workspaceId],
  );
}

export function findImageRow(sql: Sql, workspaceId: string, id: string): Promise<ImageRow | undefined> {
  return sql.first<ImageRow>(`SELECT ${COLUMNS} FROM images WHERE workspace_id = $1 AND id = $2`, [workspaceId, id]);
}

/** @returns undefined when somebody else has changed it since `version` */
export function updateImage(
  sql: Sql,
  workspaceId: string,
  id: string,
  version: number,
  image: Pick<ImageRow, 'name' | 'alt' | 'folder'>,
): Promise<ImageRow | undefined> {
  return sql.first<ImageRow>(
    `UPDATE images SET name = $4, alt = $5, folder = $6, version = version + 1
     WHERE workspace_id = $1 AND id = $2 AND version = $3 RETURNING ${COLUMNS}`,
    [workspaceId, id, version, image.name, image.alt, image.folder],
  );
}

/** How many went into another folder than they were in. */
export function moveImages(sql: Sql, workspaceId: string, ids: readonly string[], folder: string): Promise<number> {
  return sql.run(
    `UPDATE images SET folder = $3, version = version + 1
     WHERE workspace_id = $1 AND id = ANY ($2::bigint[]) AND folder <> $3`,
    [workspaceId, ids, folder],
  );
}

export async function insertImage(
  sql: Sql,
  workspaceId: string,
  image: Pick<ImageRow, 'publicId' | 'name' | 'folder' | 'width' | 'height'> & { contentType: string; content: Buffer },
): Promise<ImageRow> {
  const row = await sql.first<ImageRow>(
    `INSERT INTO images (workspace_id, public_id, name, content_type, width, height, bytes, folder)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING ${COLUMNS}`,
    [
      ...[workspaceId, image.publicId, image.name, image.contentType],
      ...[image.width, image.height, image.content, image.folder],
    ],
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
