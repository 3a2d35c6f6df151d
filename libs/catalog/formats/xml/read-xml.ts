import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import iconv from 'iconv-lite';
import { SaxesParser } from 'saxes';
import type { FaultCode, FaultParams } from '../../faults/fault-texts.js';
import { UnreadableFile } from '../unreadable-file.js';
import { detectXmlEncoding } from './xml-encoding.js';
import type { XmlElement } from './xml-element.js';
import { XML_LIMITS, type XmlLimits } from './xml-limits.js';

/** A record, and where it stood: the local names from the root to it, the attributes of each, and its number in the file. */
export interface XmlRecord {
  readonly path: readonly string[];
  readonly above: readonly Readonly<Record<string, string>>[];
  readonly element: XmlElement;
}

export interface XmlReading {
  /** Whether the element at this path (root first, local names) is a record: then it is given whole. */
  readonly isRecord: (path: readonly string[]) => boolean;
  /** Told of every element that is not part of a record, at its start. */
  readonly onOpen?: (path: readonly string[], attributes: Readonly<Record<string, string>>) => void;
  readonly limits?: XmlLimits;
  readonly signal?: AbortSignal;
  /** Bytes read so far. */
  readonly onBytes?: (bytes: number) => void;
}

interface Growing {
  readonly name: string;
  readonly attributes: Record<string, string>;
  readonly children: Growing[];
  text: string;
}

/**
 * The records of an XML file as they stream in; memory holds one piece of the file and its records. Entities are never declared or
 * fetched: a document type with declarations of its own is refused, a plain one is passed over.
 * @throws UnreadableFile with one sentence: not well-formed, cut off, beyond a limit, an entity
 */
export async function* readXml(file: string, reading: XmlReading): AsyncGenerator<XmlRecord> {
  const collector = new RecordCollector(reading);
  const bytes = createReadStream(file);
  const text = Readable.from(decoded(bytes, await detectXmlEncoding(file), reading), { objectMode: true });
  try {
    for await (const piece of text) yield* collector.take(piece as string);
    yield* collector.end();
  } finally {
    bytes.destroy();
  }
}

async function* decoded(bytes: AsyncIterable<Buffer>, encoding: string, { onBytes, signal }: XmlReading): AsyncGenerator<string> {
  const decoder = iconv.getDecoder(encoding);
  let read = 0;
  for await (const chunk of bytes) {
    signal?.throwIfAborted();
    read += chunk.length;
    const text = decoder.write(chunk);
    if (text !== '') yield text;
    onBytes?.(read);
  }
  const rest = decoder.end();
  if (rest) yield rest;
}

/** Feeds the parser and builds records; its own class because the parser speaks by callbacks. */
class RecordCollector {
  private readonly parser = new SaxesParser({ xmlns: false, position: true });
  private readonly limits: XmlLimits;
  private readonly path: string[] = [];
  private readonly above: Record<string, string>[] = [];
  private ready: XmlRecord[] = [];
  private open: Growing[] = [];
  private elements = 0;
  private characters = 0;
  private sinceEvent = 0;
  private sawRoot = false;
  /** Where the parser stood when the newest record was closed. */
  private readyAt = -1;

  constructor(private readonly reading: XmlReading) {
    this.limits = reading.limits ?? XML_LIMITS;
    this.parser.on('error', (error) => {
      throw this.parserFault(error);
    });
    this.parser.on('doctype', (doctype) => {
      this.sinceEvent = 0;
      if (/\[/.test(doctype)) throw this.fault('xml-entities');
    });
    this.parser.on('comment', () => (this.sinceEvent = 0));
    this.parser.on('processinginstruction', () => (this.sinceEvent = 0));
    this.parser.on('opentag', (tag) => this.opened(tag.name, tag.attributes));
    this.parser.on('text', (text) => this.wrote(text));
    this.parser.on('cdata', (text) => this.wrote(text));
    this.parser.on('closetag', () => this.closed());
  }

  take(piece: string): Generator<XmlRecord> {
    return this.feed(() => {
      this.sinceEvent += piece.length;
      this.parser.write(piece);
      // What the parser holds back without an event is one text, attribute, comment or document type.
      if (this.sinceEvent > this.limits.run) throw this.fault('xml-too-long', { max: this.limits.run });
    });
  }

  end(): Generator<XmlRecord> {
    return this.feed(() => {
      if (!this.sawRoot && this.sinceEvent === 0) throw new UnreadableFile('xml-empty');
      this.parser.close();
    });
  }

  /** Gives what was whole before a fault, then the fault. */
  private *feed(work: () => void): Generator<XmlRecord> {
    let fault: UnreadableFile | undefined;
    try {
      work();
    } catch (error) {
      // The parser closes what a wrong tag left open before it tells of the fault.
      if (this.readyAt === this.parser.position) this.ready.pop();
      fault = error instanceof UnreadableFile ? error : this.parserFault(error);
    }
    yield* this.ready;
    this.ready = [];
    if (fault) throw fault;
  }

  private opened(name: string, given: Record<string, string>): void {
    this.sinceEvent = 0;
    this.sawRoot = true;
    const names = Object.keys(given);
    if (names.length > this.limits.attributes) throw this.fault('xml-attributes', { max: this.limits.attributes });
    const attributes = Object.fromEntries(names.map((key) => [localName(key), given[key] ?? '']));
    this.path.push(localName(name));
    this.above.push(attributes);
    if (this.path.length > this.limits.depth) throw this.fault('xml-too-deep', { max: this.limits.depth });
    const parent = this.open.at(-1);
    if (parent === undefined && !this.reading.isRecord(this.path)) {
      this.reading.onOpen?.(this.path, attributes);
      return;
    }
    const element: Growing = { name: localName(name), attributes, children: [], text: '' };
    parent?.children.push(element);
    this.open.push(element);
    this.elements++;
    for (const value of Object.values(attributes)) this.characters += value.length;
    this.checkRecord();
  }

  private wrote(text: string): void {
    this.sinceEvent = 0;
    const element = this.open.at(-1);
    if (element === undefined) return;
    element.text += text;
    this.characters += text.length;
    this.checkRecord();
  }

  private closed(): void {
    this.sinceEvent = 0;
    const element = this.open.pop();
    if (element !== undefined && this.open.length === 0) {
      this.ready.push({ path: [...this.path], above: [...this.above], element });
      this.readyAt = this.parser.position;
      this.elements = 0;
      this.characters = 0;
    }
    this.path.pop();
    this.above.pop();
  }

  private checkRecord(): void {
    if (this.elements > this.limits.elements) throw this.fault('xml-record-elements', { max: this.limits.elements });
    if (this.characters > this.limits.recordText) throw this.fault('xml-record-text', { max: this.limits.recordText });
  }

  /** The parser's own words stand behind its position; the person needs the reason. */
  private parserFault(error: unknown): UnreadableFile {
    const message = (error instanceof Error ? error.message : String(error)).replace(/^[^:]*\d+:\d+: /, '');
    if (/unclosed tag|document must contain a root|unexpected end/i.test(message)) return this.fault('xml-cut-off');
    if (/undefined entity/i.test(message)) return this.fault('xml-entity');
    return this.fault('xml-malformed', { message: message.slice(0, 120) });
  }

  private fault(code: FaultCode, params?: FaultParams): UnreadableFile {
    return new UnreadableFile(code, params, `line ${this.parser.line}`);
  }
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
