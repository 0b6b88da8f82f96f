import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { invalid, notFound } from '#contracts';
import type { Image, Page, PageQuery } from '#contracts';
import { Settings } from '#platform/config';
import { randomToken } from '#platform/crypto';
import { Database, toPage } from '#platform/database';
import { containsPattern, decodeIdCursor } from '#domain/contacts';
import { audit } from '#domain/workspaces';
import type { RequestContext } from '#domain/workspaces';
import { readImage } from './image-file.js';
import { IMAGES_MAX, countImages, deleteImage, findImages, insertImage } from './image.repository.js';
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

  async list(ctx: RequestContext, query: PageQuery): Promise<Page<View>> {
    const q = containsPattern(query.q);
    const before = decodeIdCursor(query.cursor);
    const rows = await findImages(this.db, ctx.workspaceId, { before, limit: query.limit + 1, q });
    const page: Page<View> = toPage(
      rows,
      query.limit,
      (row) => [row.id],
      (row) => this.view(row),
    );
    if (query.count) page.total = await countImages(this.db, ctx.workspaceId, q);
    return page;
  }

  /** @throws DomainError TOO_LARGE, UNSUPPORTED_MEDIA_TYPE, VALIDATION_FAILED at `file` */
  async add(ctx: RequestContext, name: string, bytes: Buffer): Promise<View> {
    const image = readImage(bytes);
    return this.db.transaction(async (tx) => {
      if ((await countImages(tx, ctx.workspaceId, null)) >= IMAGES_MAX) {
        throw invalid('file', 'TOO_MANY', `A workspace keeps at most ${IMAGES_MAX} images. Delete some first.`);
      }
      const row = await insertImage(tx, ctx.workspaceId, { ...image, publicId: randomToken(16), name, content: bytes });
      await audit(tx, ctx, 'image.added', `image:${row.id}`, null, { name, bytes: row.bytes });
      return this.view(row);
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

  private view({ publicId, createdAt, ...row }: ImageRow): View {
    return { ...row, url: this.base + publicId, createdAt: createdAt.toISOString() };
  }
}
