import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { DomainError, ImageBody, applyPatch, invalid, notFound } from '#contracts';
import type {
  Image,
  ImageFolder,
  ImageQuery,
  ImageUse,
  ImageUseQuery,
  MoveImagesBody,
  Page,
  UpdateImageBody,
} from '#contracts';
import { Settings } from '#platform/config';
import { randomToken } from '#platform/crypto';
import { Database, decodeCursor, notOurs, requireIdInCursor, toPage } from '#platform/database';
import type { Sql } from '#platform/database';
import { containsPattern, decodeIdCursor } from '#domain/contacts';
import { audit } from '#domain/workspaces';
import type { RequestContext } from '#domain/workspaces';
import { readImage } from './image-file.js';
import { countImageUses, findImageUses } from './image-uses.js';
import {
  IMAGES_MAX,
  countImages,
  deleteImage,
  findImageFolders,
  findImageRow,
  findImages,
  insertImage,
  moveImages,
  updateImage,
} from './image.repository.js';
import type { ImageRow } from './image.repository.js';

type View = z.output<typeof Image>;

/** Pictures in mails. The tracker serves them by a public id that can't be guessed or counted through. */
@Injectable()
export class ImagesService {
  private readonly base: string;

  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(Settings) settings: Settings,
  ) {
    this.base = `${settings.get('TRACKING_URL').replace(/\/+$/, '')}/i/`;
  }

  async list(ctx: RequestContext, query: z.output<typeof ImageQuery>): Promise<Page<View>> {
    const folder = query.folder === IN_NONE ? '' : (query.folder ?? null);
    const filter = { q: containsPattern(query.q), folder };
    const before = decodeIdCursor(query.cursor);
    const rows = await findImages(this.db, ctx.workspaceId, { ...filter, before, limit: query.limit + 1 });
    const page = toPage(
      rows,
      query.limit,
      (row) => [row.id],
      (row) => row,
    );
    const shown: Page<View> = { ...page, items: await this.views(this.db, ctx, page.items) };
    if (query.count) shown.total = await countImages(this.db, ctx.workspaceId, filter);
    return shown;
  }

  folders(ctx: RequestContext): Promise<z.output<typeof ImageFolder>[]> {
    return findImageFolders(this.db, ctx.workspaceId);
  }

  async get(ctx: RequestContext, id: string): Promise<View> {
    return this.view(this.db, ctx, await find(this.db, ctx, id));
  }

  /** What shows the image: what can still be mended first. */
  async uses(
    ctx: RequestContext,
    id: string,
    query: z.output<typeof ImageUseQuery>,
  ): Promise<Page<z.output<typeof ImageUse>>> {
    const { publicId } = await find(this.db, ctx, id);
    const page = { after: decodePlace(query.cursor), limit: query.limit + 1 };
    return toPage(
      await findImageUses(this.db, ctx.workspaceId, publicId, page),
      query.limit,
      (row) => [row.place, row.id],
      ({ place: _, ...use }) => use,
    );
  }

  /** @throws DomainError TOO_LARGE, UNSUPPORTED_MEDIA_TYPE, VALIDATION_FAILED at `file` */
  async add(ctx: RequestContext, { name, folder }: { name: string; folder: string }, bytes: Buffer): Promise<View> {
    const image = readImage(bytes);
    return this.db.transaction(async (tx) => {
      if ((await countImages(tx, ctx.workspaceId, { q: null, folder: null })) >= IMAGES_MAX) {
        throw invalid('file', 'TOO_MANY', `A workspace keeps at most ${IMAGES_MAX} images. Delete some first.`);
      }
      const row = await insertImage(tx, ctx.workspaceId, {
        ...{ ...image, publicId: randomToken(16), name, folder },
        content: bytes,
      });
      await audit(tx, ctx, 'image.added', `image:${row.id}`, null, { name, folder, bytes: row.bytes });
      return this.view(tx, ctx, row);
    });
  }

  /** Changes what is said of it; mails keep the alt text they have. @throws DomainError STALE_VERSION */
  async update(ctx: RequestContext, id: string, body: z.output<typeof UpdateImageBody>): Promise<View> {
    return this.db.transaction(async (tx) => {
      const before = await find(tx, ctx, id);
      const { version, ...changes } = body;
      const said = ({ name, alt, folder }: ImageRow) => ({ name, alt, folder });
      const row = await updateImage(
        ...([tx, ctx.workspaceId, id, version] as const),
        applyPatch(ImageBody, said(before), changes),
      );
      if (!row) {
        throw new DomainError('STALE_VERSION', 'Somebody has changed this image since you read it.', {
          help: 'Look at the present state and apply your change to it.',
          extra: { current: await this.view(tx, ctx, before) },
        });
      }
      await audit(tx, ctx, 'image.changed', `image:${id}`, said(before), said(row));
      return this.view(tx, ctx, row);
    });
  }

  /** Puts images into a folder, or with an empty name into none; ids of no image are passed over. */
  async move(ctx: RequestContext, { ids, folder }: z.output<typeof MoveImagesBody>): Promise<{ moved: number }> {
    return this.db.transaction(async (tx) => {
      const moved = await moveImages(tx, ctx.workspaceId, ids, folder);
      if (moved > 0) await audit(tx, ctx, 'image.moved', `workspace:${ctx.workspaceId}`, null, { folder, ids });
      return { moved };
    });
  }

  /** Mails that show the image show a gap from now on. */
  async remove(ctx: RequestContext, id: string): Promise<void> {
    await this.db.transaction(async (tx) => {
      const name = await deleteImage(tx, ctx.workspaceId, id);
      if (name === undefined) throw notFound('image', id);
      await audit(tx, ctx, 'image.removed', `image:${id}`, { name }, null);
    });
  }

  private async view(sql: Sql, ctx: RequestContext, row: ImageRow): Promise<View> {
    return (await this.views(sql, ctx, [row]))[0]!;
  }

  private async views(sql: Sql, ctx: RequestContext, rows: readonly ImageRow[]): Promise<View[]> {
    if (rows.length === 0) return [];
    const publicIds = rows.map(({ publicId }) => publicId);
    const usesOf = await countImageUses(sql, ctx.workspaceId, publicIds);
    return rows.map(({ publicId, createdAt, ...row }) => {
      return { ...row, url: this.base + publicId, uses: usesOf(publicId), createdAt: createdAt.toISOString() };
    });
  }
}

/** In a query: the images that are in no folder. No folder has a name like that. */
const IN_NONE = '/';

async function find(sql: Sql, ctx: RequestContext, id: string): Promise<ImageRow> {
  const row = await findImageRow(sql, ctx.workspaceId, id);
  if (!row) throw notFound('image', id);
  return row;
}

function decodePlace(cursor: string | undefined): { place: number; id: string } | null {
  const values = decodeCursor(cursor, 2);
  if (!values) return null;
  const place = Number(values[0]);
  if (![1, 2, 3, 4].includes(place)) throw notOurs();
  return { place, id: requireIdInCursor(values[1]) };
}
