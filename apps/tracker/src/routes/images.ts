import type { FastifyInstance, FastifyRequest } from 'fastify';
import { sendNotFound } from '../tools.js';
import type { TrackerTools } from '../tools.js';

interface StoredImage {
  contentType: string;
  bytes: Buffer;
}

const KEPT_BYTES = 32 * 1024 * 1024;
/** What a browser shows as a picture and can't run. */
const TYPES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif'];

/** `/i/:publicId`: pictures of the media library. One never changes under its name, so everybody may keep it. */
export function imageRoutes(app: FastifyInstance, { db }: TrackerTools): void {
  const kept = new Map<string, StoredImage>();
  let size = 0;

  async function find(publicId: string): Promise<StoredImage | undefined> {
    const known = kept.get(publicId);
    if (known) return known;
    const image = await db.first<StoredImage>(
      { name: 'public_image', text: 'SELECT content_type AS "contentType", bytes FROM images WHERE public_id = $1' },
      [publicId],
    );
    if (!image || kept.has(publicId)) return image;
    kept.set(publicId, image);
    size += image.bytes.length;
    for (const [oldest, { bytes }] of kept) {
      if (size <= KEPT_BYTES) break;
      kept.delete(oldest);
      size -= bytes.length;
    }
    return image;
  }

  app.route({
    method: ['GET', 'HEAD'],
    url: '/i/:publicId',
    handler: async (request: FastifyRequest<{ Params: { publicId: string } }>, reply) => {
      // The id is random; an ending such as .png is for people and for clients that judge by it.
      const publicId = request.params.publicId.replace(/\.(?:png|jpe?g|gif|webp|avif)$/i, '');
      const image = /^[\w-]{1,80}$/.test(publicId) ? await find(publicId) : undefined;
      if (!image || !TYPES.includes(image.contentType)) return sendNotFound(request, reply);
      reply
        .header('cache-control', 'public, max-age=31536000, immutable')
        .header('etag', `"${publicId}"`)
        .header('content-security-policy', "default-src 'none'; sandbox")
        .header('cross-origin-resource-policy', 'cross-origin');
      if (request.headers['if-none-match'] === `"${publicId}"`) return reply.code(304).send();
      return reply.type(image.contentType).send(image.bytes);
    },
  });
}
