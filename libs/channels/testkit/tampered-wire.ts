import { BrokenContract, RetryLater } from '#kernel';
import type { HttpPort } from '#channels/contract';
import type { HttpAnswer, HttpCall } from './driver.js';

/** What happens to a call: it may be answered in the market's place, or its answer be spoiled. */
type Tampering = (call: HttpCall, pass: () => Promise<HttpAnswer>) => Promise<HttpAnswer>;

const SURPRISE = { surpriseFlag: true, surpriseDetails: { since: '2026-12-01', values: ['new', 7] } };

/** The market's wire with a hand on it; counts what goes through. Only successful answers are spoiled. */
export class TamperedWire implements HttpPort {
  readonly calls: HttpCall[] = [];
  private tampering: Tampering | undefined;

  constructor(private readonly market: HttpPort) {}

  async request(call: HttpCall): Promise<HttpAnswer> {
    call.signal.throwIfAborted();
    this.calls.push(call);
    const pass = () => this.market.request(call);
    return this.tampering ? this.tampering(call, pass) : pass();
  }

  get writes(): readonly HttpCall[] {
    return this.calls.filter((call) => call.writes);
  }

  calm(): void {
    this.tampering = undefined;
  }

  /** The write is applied, and its answer never comes. */
  loseAnswers(): void {
    this.tampering = async (call, pass) => {
      const answer = await pass();
      if (call.writes) throw new RetryLater('the connection ended before the answer', true);
      return answer;
    };
  }

  /** No answer at all until the caller gives up. */
  hang(): void {
    this.tampering = (call) =>
      new Promise((_resolve, reject) => {
        call.signal.addEventListener('abort', () => reject(new RetryLater('the call was given up', call.writes)), { once: true });
      });
  }

  /** Answers in the market's place; `times` calls of the wanted sort, for ever when absent. */
  answer(answer: HttpAnswer, wanted: (call: HttpCall) => boolean = () => true, times = Infinity): void {
    let left = times;
    this.tampering = (call, pass) => {
      if (left <= 0 || !wanted(call)) return pass();
      left -= 1;
      return Promise.resolve(answer);
    };
  }

  /** The n-th answer that comes is cut in the middle, as an axios-like client tells it. */
  cut(nth: number): void {
    let seen = 0;
    this.tampering = async (_call, pass) => {
      const answer = await pass();
      seen += 1;
      if (seen === nth) throw new BrokenContract('the answer is not JSON: it ends in the middle', '{"items":[{"id":1');
      return answer;
    };
  }

  /** The n-th answer that comes holds nothing of what it should. A refusal is no answer: the call is repeated. */
  empty(nth: number): void {
    let seen = 0;
    this.tampering = async (_call, pass) => {
      const answer = await pass();
      if (answer.status >= 300) return answer;
      seen += 1;
      return seen === nth ? { ...answer, body: Array.isArray(answer.body) ? { message: 'ok' } : {} } : answer;
    };
  }

  /** A page comes again in the place of the next one of the same address. */
  repeatPages(): void {
    const last = new Map<string, HttpAnswer>();
    const repeated = new Set<string>();
    this.tampering = async (call, pass) => {
      const address = `${call.method} ${call.url.split('?')[0] ?? ''}`;
      const before = last.get(address);
      const answer = await pass();
      // A refusal is no page.
      if (answer.status >= 300) return answer;
      if (before !== undefined && !repeated.has(address) && JSON.stringify(before.body) !== JSON.stringify(answer.body)) {
        repeated.add(address);
        return before;
      }
      last.set(address, answer);
      return answer;
    };
  }

  /** Members nobody documented, in every record of the answers. */
  surprise(): void {
    this.tampering = async (_call, pass) => {
      const answer = await pass();
      return answer.status < 300 ? { ...answer, body: everyRecord(answer.body) } : answer;
    };
  }

  /** From now on a read that was asked before is answered as then: the channel's index is behind. */
  rememberReads(): { fallBehind(): void } {
    const known = new Map<string, HttpAnswer>();
    const name = (call: HttpCall) => `${call.method} ${call.url} ${JSON.stringify(call.body ?? null)}`;
    this.tampering = async (call, pass) => {
      const answer = await pass();
      if (!call.writes) known.set(name(call), answer);
      return answer;
    };
    return {
      fallBehind: () => {
        this.tampering = (call, pass) => Promise.resolve(known.get(name(call)) ?? pass());
      },
    };
  }
}

/** In the answer itself and in every item of its lists; what else is an object may be a map with keys of its own. */
function everyRecord(value: unknown, record = true): unknown {
  if (Array.isArray(value)) return value.map((item) => everyRecord(item));
  if (typeof value !== 'object' || value === null) return value;
  const inner = Object.fromEntries(Object.entries(value).map(([name, member]) => [name, everyRecord(member, false)]));
  return record ? { ...inner, ...SURPRISE } : inner;
}
