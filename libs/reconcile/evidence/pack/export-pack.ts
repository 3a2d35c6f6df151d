import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { Pool } from 'pg';
import { genesisOf } from '../chain-link.js';
import type { KeptHead } from '../verify-evidence.js';
import { collectPack } from './collect-pack.js';
import { packPage } from './html-page.js';
import type { Locale } from '../story-names.js';
import { type HanFont, installedHanFont } from './han-font.js';
import { PackAlbum } from './pack-album.js';
import type { PackContent, PackPictures, PackSelection } from './pack-content.js';
import { packWords } from './pack-words.js';
import { skuList, supportLetter } from './support-letter.js';

export const PACK_FORMAT = 'etalon-evidence-pack-1';
export const SUMS_FILE = 'SHA256SUMS';
const PAGE_FILE = 'evidence.html';
const DOCUMENT_FILE = 'evidence.pdf';

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

export interface PackOptions {
  /** What the page and the document speak; Russian unless told. */
  readonly language?: Locale | undefined;
  /** What the letter speaks: it goes to the channel's support, which reads Russian, whoever makes the pack. */
  readonly letterLanguage?: Locale | undefined;
  /** For the document; without one a pack in Chinese has the page only. */
  readonly hanFont?: HanFont | undefined;
}

/**
 * Makes a pack of the chosen incidents: pack.json, evidence.html and evidence.pdf for people, the pictures of both sides, skus.txt and a
 * draft letter for support, and the sums of all of them. The page and the document are made before the stream starts; what fails, fails here.
 * @throws PackRefused
 */
export async function exportPack(pool: Pool, pictures: PackPictures, selection: PackSelection, madeAt: Date, options: PackOptions = {}): Promise<ExportedPack> {
  const { language = 'ru', letterLanguage = 'ru', hanFont } = { hanFont: installedHanFont(), ...options };
  const content = await collectPack(pool, selection, madeAt);
  const album = await PackAlbum.load(content, pictures);
  // What makes documents and archives is large, and most processes never make one.
  const [{ ZipArchive }, { packPdf }] = await Promise.all([import('archiver'), import('./pdf-document.js')]);
  const words = packWords(language);
  const document = language === 'zh' && hanFont === undefined ? undefined : await packPdf(content, album, words, hanFont);
  const notes = [
    ...(document === undefined ? [words.say('no-document')] : []),
    ...(letterLanguage === language ? [] : [words.say('letter-note', { language: words.say(`language.${letterLanguage}`) })]),
  ];
  const letter = supportLetter(content, packWords(letterLanguage), { file: document === undefined ? PAGE_FILE : DOCUMENT_FILE, locale: language });
  const files: (readonly [string, Buffer])[] = [
    [PAGE_FILE, Buffer.from(packPage(content, album, words, notes))],
    ...(document === undefined ? [] : [[DOCUMENT_FILE, document] as const]),
    ['skus.txt', Buffer.from(skuList(content.incidents))],
    ['letter.txt', Buffer.from(letter)],
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
