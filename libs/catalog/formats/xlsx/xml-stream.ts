import type { Readable } from 'node:stream';
import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { UnreadableFile } from '../unreadable-file.js';

export interface XmlHandlers {
  readonly open: (name: string, attributes: Readonly<Record<string, string>>) => void;
  readonly text?: (text: string) => void;
  readonly close?: (name: string) => void;
}

/** More than any cell may hold, many times over. */
const LONGEST_TEXT = 1_000_000;

/**
 * Parses a part of a workbook as it streams in; control returns after each chunk, so that the handlers' harvest can be passed on.
 * Names come without their prefix. @throws UnreadableFile for declarations of entities, which no workbook has, and broken XML
 */
export async function* parseXml(stream: Readable, { open, text, close }: XmlHandlers): AsyncGenerator<number> {
  const parser = new SaxesParser({ xmlns: false });
  let failure: Error | undefined;
  parser.on('error', (error) => (failure ??= new UnreadableFile('xlsx-malformed', { message: error.message.slice(0, 120) })));
  parser.on('doctype', () => (failure ??= new UnreadableFile('xml-entities')));
  parser.on('opentag', (tag: SaxesTagPlain) => open(plainName(tag.name), tag.attributes));
  parser.on('closetag', (tag) => close?.(plainName(tag.name)));
  parser.on('text', (piece) => {
    if (piece.length > LONGEST_TEXT) failure ??= new UnreadableFile('xml-too-long', { max: LONGEST_TEXT });
    else text?.(piece);
  });
  parser.on('cdata', (piece) => text?.(piece));
  const decoder = new TextDecoder('utf-8');
  let bytes = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      parser.write(decoder.decode(chunk, { stream: true }));
      if (failure) throw failure;
      yield bytes;
    }
    parser.write(decoder.decode()).close();
    if (failure) throw failure;
    yield bytes;
  } catch (error) {
    if (error instanceof UnreadableFile) throw error;
    throw new UnreadableFile('xlsx-malformed', { message: error instanceof Error ? error.message.slice(0, 120) : '' });
  } finally {
    stream.destroy();
  }
}

function plainName(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}
