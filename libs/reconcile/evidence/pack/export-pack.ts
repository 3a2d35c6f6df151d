import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { Pool } from 'pg';
import { genesisOf } from '../chain-link.js';
import type { KeptHead } from '../verify-evidence.js';
import { collectPack } from './collect-pack.js';
import { packPage } from './html-page.js';
import { PackAlbum } from './pack-album.js';
import type { PackContent, PackPictures, PackSelection } from './pack-content.js';
import { skuList, supportLetter } from './support-letter.js';

export const PACK_FORMAT = 'etalon-evidence-pack-1';
export const SUMS_FILE = 'SHA256SUMS';

/** A pack on its way out. `head` is what the pack keeps of the chain: worth noting down beside the file. */
export interface ExportedPack {
  readonly fileName: string;
  readonly stream: Readable;
  readonly incidents: number;
  readonly missing: readonly string[];
  readonly head: KeptHead | null;
}

function packJson(content: PackContent): string {
  const { links, ...rest } = content;
  const document = {
    format: PACK_FORMAT,
    genesis: genesisOf(content.account.id),
    ...rest,
    links: links.map(({ body, ...link }) => (body === null ? link : { ...link, body: JSON.parse(body) as unknown })),
  };
  return `${JSON.stringify(document, null, 1)}\n`;
}

function fileName({ account, madeAt, incidents }: PackContent): string {
  const day = madeAt.slice(0, 16).replaceAll(/[-:]/g, '').replace('T', '-');
  return `evidence-${account.channel}-${account.id}-${day}-${incidents.length}.zip`.replaceAll(/[^\w.-]/g, '_');
}

/**
 * Makes a pack of the chosen incidents: pack.json, evidence.html and evidence.pdf for people, the pictures of both sides, skus.txt and a
 * draft letter for support, and the sums of all of them. The page and the document are made before the stream starts; what fails, fails here.
 * @throws PackRefused
 */
export async function exportPack(pool: Pool, pictures: PackPictures, selection: PackSelection, madeAt: Date): Promise<ExportedPack> {
  const content = await collectPack(pool, selection, madeAt);
  const album = await PackAlbum.load(content, pictures);
  // What makes documents and archives is large, and most processes never make one.
  const [{ ZipArchive }, { packPdf }] = await Promise.all([import('archiver'), import('./pdf-document.js')]);
  const files: (readonly [string, Buffer])[] = [
    ['evidence.html', Buffer.from(packPage(content, album))],
    ['evidence.pdf', await packPdf(content, album)],
    ['skus.txt', Buffer.from(skuList(content.incidents))],
    ['letter.txt', Buffer.from(supportLetter(content))],
    ['pack.json', Buffer.from(packJson(content))],
    ...album.files.map(({ file, bytes }) => [file, bytes] as const),
  ];
  const sums = files.map(([name, bytes]) => `${createHash('sha256').update(bytes).digest('hex')}  ${name}\n`).join('');
  const archive = new ZipArchive({ zlib: { level: 6 } });
  for (const [name, bytes] of files) archive.append(bytes, { name, date: madeAt, store: name.startsWith('pictures/') });
  archive.append(sums, { name: SUMS_FILE, date: madeAt });
  // A failure reaches whoever reads the stream; here it has no other reader.
  archive.finalize().catch((error: unknown) => archive.destroy(error instanceof Error ? error : new Error(String(error))));
  return { fileName: fileName(content), stream: archive, incidents: content.incidents.length, missing: content.missing, head: content.head };
}
