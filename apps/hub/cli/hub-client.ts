import { createReadStream } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { type AppConfig, errorCode } from '#platform';
import { readHubFile } from '../start/hub-file.js';
import type { Language } from '../texts/language.js';
import { CliFault, HubRefusal } from './cli-fault.js';

export interface HubAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** A hub that says nothing for so long stands still; the longest answers take a part of it. */
const SILENCE_MS = 300_000;

/** Talks to the hub that runs on this data folder, with the token that only the owner of the folder can read. */
export class HubClient {
  readonly #url: string;
  readonly #token: string;

  /** Answers come in `language`. @throws CliFault when no hub runs */
  constructor(
    config: AppConfig,
    private readonly language: Language,
  ) {
    const file = readHubFile(config.dataDir);
    if (file === undefined) throw new CliFault('not-running');
    this.#url = file.url;
    this.#token = file.token;
  }

  /** @throws CliFault for a hub that does not answer, HubRefusal for one that refuses */
  get(path: string): Promise<unknown> {
    return this.call('GET', path);
  }

  /** With `revision`: refused when what is changed stands at another one. */
  post(path: string, body?: unknown, revision?: number): Promise<unknown> {
    return this.call('POST', path, body ?? {}, revision === undefined ? {} : { 'if-match': `"${revision}"` });
  }

  delete(path: string): Promise<unknown> {
    return this.call('DELETE', path);
  }

  put(path: string, body: unknown): Promise<unknown> {
    return this.call('PUT', path, body);
  }

  /** Changes what stands at `revision`; refused when another one does. */
  patch(path: string, body: unknown, revision: number): Promise<unknown> {
    return this.call('PATCH', path, body, { 'if-match': `"${revision}"` });
  }

  /** Sends a file as it lies on disk. */
  upload(path: string, file: string, type = 'text/csv'): Promise<unknown> {
    return this.send(
      'POST',
      path,
      { 'content-type': type },
      (out) =>
        void createReadStream(file)
          .on('error', () => out.destroy(new CliFault('no-file', { file })))
          .pipe(out),
    );
  }

  /** Writes the answer to `sink` as it comes; asks for it with POST where the question has a `body`. */
  async download(path: string, sink: NodeJS.WritableStream, body?: unknown): Promise<void> {
    const { method, headers, text } = asked(body);
    await new Promise<void>((resolve, reject) => {
      const out = request(`${this.#url}${path}`, { method, headers: this.headers(headers) }, (answer) => {
        if (answer.statusCode === 200) answer.on('error', reject).on('end', resolve).pipe(sink, { end: false });
        else collect(answer).then((refused) => reject(refusal(refused)), reject);
      });
      out.setTimeout(SILENCE_MS, () => out.destroy(new CliFault('not-answering')));
      out.on('error', (error) => reject(connectionFault(error))).end(text);
    });
  }

  private headers(more: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
    return { ...more, 'accept-language': this.language, authorization: `Bearer ${this.#token}` };
  }

  private call(method: string, path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}): Promise<unknown> {
    const { headers: form, text } = asked(body);
    return this.send(method, path, { ...headers, ...form }, (out) => out.end(text));
  }

  private async send(method: string, path: string, headers: Readonly<Record<string, string>>, write: (out: ReturnType<typeof request>) => void): Promise<unknown> {
    const answer = await new Promise<HubAnswer>((resolve, reject) => {
      const out = request(`${this.#url}${path}`, { method, headers: this.headers(headers) }, (incoming) => {
        collect(incoming).then(resolve, reject);
      });
      out.on('error', reject);
      out.setTimeout(SILENCE_MS, () => out.destroy(new CliFault('not-answering')));
      write(out);
    }).catch((error: unknown) => {
      throw connectionFault(error);
    });
    if (answer.status >= 400) throw refusal(answer);
    return answer.body;
  }
}

function asked(body: unknown): { readonly method: 'GET' | 'POST'; readonly headers: Readonly<Record<string, string>>; readonly text?: string } {
  if (body === undefined) return { method: 'GET', headers: {} };
  const text = JSON.stringify(body);
  return { method: 'POST', headers: { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(text)) }, text };
}

function collect(incoming: IncomingMessage): Promise<HubAnswer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    incoming
      .on('data', (chunk: Buffer) => parts.push(chunk))
      .on('error', reject)
      .on('end', () => resolve({ status: incoming.statusCode ?? 0, body: parsed(Buffer.concat(parts).toString('utf8')) }));
  });
}

function parsed(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return text;
  }
}

function connectionFault(error: unknown): unknown {
  if (error instanceof CliFault) return error;
  const code = errorCode(error);
  if (code === 'ECONNREFUSED' || code === 'ECONNRESET' || code === 'EPIPE' || code === 'ETIMEDOUT') return new CliFault('not-answering');
  return error;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function alike(left: unknown, right: unknown): boolean {
  const plain = (text: unknown): string =>
    String(text)
      .toLowerCase()
      .replace(/[.。]$/, '');
  return plain(left) === plain(right);
}

function refusal({ status, body }: HubAnswer): Error {
  const title = field(body, 'title');
  if (typeof title !== 'string') return new CliFault('hub-status', { status });
  const errors = field(body, 'errors');
  const list: readonly unknown[] = Array.isArray(errors) ? errors : [];
  const faults = list.map((fault) => {
    const remedy = field(fault, 'remedy');
    return `\n  ${String(field(fault, 'field'))}: ${String(field(fault, 'message'))}${remedy === undefined ? '' : ` — ${String(remedy)}`}`;
  });
  const detail = field(body, 'detail');
  const more = faults.length > 0 ? faults.join('') : typeof detail === 'string' && detail !== title ? `: ${detail}` : '';
  const remedy = field(body, 'remedy');
  // A single fault may have said the same already.
  const known = list.some((fault) => alike(field(fault, 'remedy'), remedy));
  return new HubRefusal(`${title}${more}`, typeof remedy === 'string' && !known ? remedy : undefined);
}
