import i18next from 'i18next';

/** A refusal of the hub (problem+json), or no answer at all (`status` 0, code `unreachable`). */
export class HubProblem extends Error {
  override readonly name = 'HubProblem';

  constructor(
    readonly status: number,
    readonly code: string,
    readonly title: string,
    readonly detail?: string,
    readonly remedy?: string,
    /** What exactly stands in the way, where the code leaves that open. */
    readonly reason?: string,
  ) {
    super(detail ?? title);
  }
}

type Listener = () => void;
const signedOut = new Set<Listener>();

/** Calls back whenever the hub no longer knows the session. */
export function onSignedOut(listener: Listener): () => void {
  signedOut.add(listener);
  return () => void signedOut.delete(listener);
}

function textAt(body: unknown, key: string): string | undefined {
  const value: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, key) : undefined;
  return typeof value === 'string' ? value : undefined;
}

async function problemOf(response: Response): Promise<HubProblem> {
  const body: unknown = await response.json().catch(() => undefined);
  const [code = 'unexpected', title = response.statusText] = [textAt(body, 'code'), textAt(body, 'title')];
  return new HubProblem(response.status, code, title, textAt(body, 'detail'), textAt(body, 'remedy'), textAt(body, 'reason'));
}

/** `crypto.randomUUID` is missing where the hub is opened over plain HTTP from another machine. */
function freshKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** @throws HubProblem */
export async function send(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown, signal?: AbortSignal): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      signal,
      credentials: 'same-origin',
      headers: { 'accept-language': i18next.language, ...(method === 'GET' ? {} : { 'content-type': 'application/json', 'idempotency-key': freshKey() }) },
      body: method === 'GET' ? undefined : JSON.stringify(body ?? {}),
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new HubProblem(0, 'unreachable', 'unreachable');
  }
  if (response.ok) return response;
  const problem = await problemOf(response);
  if (problem.status === 401 && problem.code !== 'wrong-sign-in') for (const listener of signedOut) listener();
  throw problem;
}

/** The answer is trusted to have the shape that the hub's OpenAPI document promises. */
export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  return (await (await send('GET', path, undefined, signal)).json()) as T;
}

async function change<T>(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<T> {
  const text = await (await send(method, path, body)).text();
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

export const post = <T>(path: string, body?: unknown): Promise<T> => change('POST', path, body);
export const put = <T>(path: string, body: unknown): Promise<T> => change('PUT', path, body);
export const remove = <T>(path: string): Promise<T> => change('DELETE', path);

export function query(values: Readonly<Record<string, string | number | undefined>>): string {
  const pairs = Object.entries(values).flatMap(([key, value]) => (value === undefined || value === '' ? [] : [[key, String(value)]]));
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs).toString()}`;
}
