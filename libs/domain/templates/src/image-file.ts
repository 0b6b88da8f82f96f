import { disableTypes, imageSize, types } from 'image-size';
import { DomainError, invalid, tooLarge } from '#contracts';

/** Bytes of one image. */
export const IMAGE_MAX = 5 * 1024 * 1024;
/** Pixels of one side; more than any mail client shows. */
const SIDE_MAX = 10_000;

/** Formats that mail clients show. */
const CONTENT_TYPES: Record<string, string> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
};
// Readers of other formats (SVG, TIFF, HEIF …) see nothing of what people upload.
disableTypes(types.filter((type) => !(type in CONTENT_TYPES)));

export interface ImageFile {
  contentType: string;
  width: number;
  height: number;
}

/**
 * Recognises an image by its bytes; neither its name nor what the browser says of it counts.
 * @throws DomainError TOO_LARGE, UNSUPPORTED_MEDIA_TYPE, VALIDATION_FAILED at `file`
 */
export function readImage(bytes: Buffer): ImageFile {
  if (bytes.length > IMAGE_MAX) throw imageTooLarge();
  const found = measure(bytes);
  const contentType = CONTENT_TYPES[found?.type ?? ''];
  if (!found || !contentType) {
    throw new DomainError('UNSUPPORTED_MEDIA_TYPE', 'This is not a PNG, JPEG, GIF or WebP image.', {
      property: 'file',
      help: 'Save the picture in one of these formats.',
    });
  }
  const { width, height } = found;
  if (width < 1 || height < 1 || width > SIDE_MAX || height > SIDE_MAX) {
    throw invalid(
      'file',
      'IMAGE_SIZE',
      `The image has ${width} × ${height} pixels; at most ${SIDE_MAX} a side are possible.`,
    );
  }
  return { contentType, width, height };
}

export function imageTooLarge(): DomainError {
  const help = 'Make it smaller: mails show about 1200 pixels of width at most.';
  return tooLarge('The image', IMAGE_MAX, help, { property: 'file', code: 'IMAGE_TOO_LARGE' });
}

function measure(bytes: Buffer): ReturnType<typeof imageSize> | null {
  try {
    return imageSize(bytes);
  } catch {
    return null;
  }
}
