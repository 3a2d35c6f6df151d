import type { BrokenContract } from '#kernel';
import type { Budget, ChannelPorts, HttpPort, Run, Spend } from '#channels/contract';

export interface ScriptedRequest<Body = unknown> {
  readonly method: string;
  /** Behind the base address, without the query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Body;
}

export interface ScriptedAnswer {
  /** 200 when absent. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Thrown instead of an answer. */
  readonly fails?: Error;
}

/** Ports and all that was asked of them. */
export interface Scripted<Body = unknown> {
  readonly ports: ChannelPorts;
  readonly requests: ScriptedRequest<Body>[];
  readonly spent: Spend[];
  readonly blocked: { bucket: string; until: number }[];
  readonly learned: { bucket: string; limit: number; used?: number; perMs?: number }[];
  readonly slept: number[];
  readonly broken: BrokenContract[];
}

/** The account clock of scripted ports. */
export const SCRIPTED_NOW = Date.UTC(2026, 10, 22, 12, 0, 0);

export function scriptedRun(signal: AbortSignal = new AbortController().signal): Run {
  return { signal, priority: 3 };
}

/** Ports whose other end answers from a function; everything asked of them is written down. */
export function scripted<Body = unknown>(
  base: string,
  answer: (request: ScriptedRequest<Body>, index: number) => ScriptedAnswer,
  /** How a path stands in `requests`, where the base alone does not make it readable. */
  pathOf: (path: string) => string = (path) => path,
): Scripted<Body> {
  const requests: ScriptedRequest<Body>[] = [];
  const spent: Spend[] = [];
  const blocked: Scripted['blocked'] = [];
  const learned: Scripted['learned'] = [];
  const slept: number[] = [];
  const broken: BrokenContract[] = [];
  const budget: Budget = {
    take: async (spends) => void spent.push(...spends),
    block: (bucket, until) => void blocked.push({ bucket, until }),
    learn: (bucket, limit, used, perMs) => void learned.push({ bucket, limit, ...(used === undefined ? {} : { used }), ...(perMs === undefined ? {} : { perMs }) }),
  };
  const http: HttpPort = {
    async request(call) {
      const url = new URL(call.url);
      const request: ScriptedRequest<Body> = {
        method: call.method,
        path: pathOf((url.origin + url.pathname).slice(base.length)),
        query: Object.fromEntries(url.searchParams),
        url: call.url,
        headers: call.headers ?? {},
        body: (call.body === undefined ? undefined : JSON.parse(JSON.stringify(call.body))) as Body,
      };
      requests.push(request);
      const given = answer(request, requests.length - 1);
      if (given.fails !== undefined) throw given.fails;
      return { status: given.status ?? 200, headers: given.headers ?? {}, body: given.body ?? {} };
    },
  };
  const clock = { now: () => SCRIPTED_NOW, sleep: async (ms: number) => void slept.push(ms) };
  return { ports: { http, budget, clock, onBrokenContract: (error) => void broken.push(error) }, requests, spent, blocked, learned, slept, broken };
}
