import sharp from 'sharp';
import { PictureRefused } from '../catalog-error.js';

export type PictureMime = 'image/jpeg' | 'image/png' | 'image/webp';

const MAX_BYTES = 20 * 1024 * 1024;
const MAX_PIXELS = 60_000_000;

/** The format by the first bytes: no decoder sees anything else. */
function sniff(bytes: Buffer): PictureMime | undefined {
  if (bytes.length >= 3 && bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'image/jpeg';
  if (bytes.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))) return 'image/png';
  if (bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP') return 'image/webp';
  return undefined;
}

/**
 * Checks that bytes are a picture that channels take, by content and never by name.
 * @throws PictureRefused with the reason and the remedy
 */
export async function pictureFormat(bytes: Buffer): Promise<{ readonly mime: PictureMime; readonly width: number; readonly height: number }> {
  if (bytes.length === 0) throw new PictureRefused('picture-empty');
  if (bytes.length > MAX_BYTES) throw new PictureRefused('picture-bytes', { max: MAX_BYTES / 1024 / 1024 });
  const mime = sniff(bytes);
  if (!mime) throw new PictureRefused('picture-kind');
  const metadata = await sharp(bytes, { limitInputPixels: MAX_PIXELS })
    .metadata()
    .catch(() => {
      throw new PictureRefused('picture-damaged');
    });
  if (`image/${metadata.format}` !== mime) throw new PictureRefused('picture-disguised', { said: mime, found: metadata.format });
  if ((metadata.pages ?? 1) > 1) throw new PictureRefused('picture-animated');
  if (metadata.width * metadata.height > MAX_PIXELS) throw new PictureRefused('picture-pixels', { width: metadata.width, height: metadata.height, max: MAX_PIXELS / 1_000_000 });
  return { mime, width: metadata.width, height: metadata.height };
}
