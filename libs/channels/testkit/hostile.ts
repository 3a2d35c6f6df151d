import { Refused, RetryLater, Throttled, Unauthorised } from '#kernel';
import type { Channel, ChannelModule, ChannelPorts, ObservationPage } from '#channels/contract';
import { adoption, model } from './model/model.channel.js';

/** A channel that is honest but for what is laid over it. */
function spoiled(
  over: (channel: Channel, ports: ChannelPorts, config: Readonly<Record<string, string>>) => Partial<Channel>,
  around: (ports: ChannelPorts) => ChannelPorts = (ports) => ports,
): ChannelModule {
  return {
    ...model,
    connect(config, ports) {
      const channel = model.connect(config, around(ports));
      const honest: Channel = {
        sweep: (...args) => channel.sweep(...args),
        peek: (...args) => channel.peek(...args),
        push: (...args) => channel.push(...args),
        confirm: (...args) => channel.confirm(...args),
        references: (...args) => channel.references(...args),
        health: (...args) => channel.health(...args),
      };
      return { ...honest, ...over(channel, ports, config) };
    },
  };
}

const onHttp = (change: (ports: ChannelPorts) => ChannelPorts['http']['request']) =>
  spoiled(
    () => ({}),
    (ports) => ({ ...ports, http: { request: change(ports) } }),
  );

async function* swallowing(pages: AsyncIterable<ObservationPage>): AsyncGenerator<ObservationPage> {
  try {
    yield* pages;
  } catch {
    return;
  }
}

async function* doubling(pages: AsyncIterable<ObservationPage>): AsyncGenerator<ObservationPage> {
  for await (const page of pages) {
    yield page;
    yield page;
  }
}

/** For each duty, by its name, a channel that neglects it. The suite must say so. */
export const HOSTILE: Readonly<Record<string, ChannelModule>> = {
  'observing never writes': spoiled((channel) => ({
    async *sweep(lane, resume, run) {
      const item = { key: 'M-00', ids: {}, values: { title: 'Мы тут были' }, carry: { media: [] } };
      await channel.push('card', [{ item, body: model.compose('card', item) }], run);
      yield* channel.sweep(lane, resume, run);
    },
  })),
  'unknown is not absent': spoiled((channel) => ({
    peek: (keys, facets, run) => channel.peek(keys, facets, run).catch(() => ({ startedAt: Date.now(), cards: [], absent: [...keys] })),
  })),
  'a page that came in part never ends a walk': spoiled((channel) => ({ sweep: (lane, resume, run) => swallowing(channel.sweep(lane, resume, run)) })),
  'a repeated page neither doubles a card nor walks in circles': spoiled((channel) => ({ sweep: (lane, resume, run) => doubling(channel.sweep(lane, resume, run)) })),
  'members nobody documented change nothing that is read': spoiled((channel) => ({
    peek: async (keys, facets, run) => {
      const answer = await channel.peek(keys, facets, run);
      const known = 9;
      return { ...answer, cards: answer.cards.filter((card) => Object.keys(card.document as object).length < known) };
    },
  })),
  'a hanging channel is left when the run is aborted': onHttp((ports) => (call) => ports.http.request({ ...call, signal: new AbortController().signal })),
  'pushing twice is pushing once': spoiled((channel) => ({
    push: (operation, calls, run) =>
      channel.push(
        operation,
        calls.map((call) => ({ ...call, body: { ...(call.body as object), extra: { sent: Math.random() } } })),
        run,
      ),
  })),
  'one bad item fails alone': spoiled((channel) => ({
    push: async (operation, calls, run) => {
      const outcomes = await channel.push(operation, calls, run);
      return outcomes.find((outcome) => outcome.kind === 'refused') ? outcomes.map(() => ({ kind: 'refused' as const, diagnostics: [] })) : outcomes;
    },
  })),
  'a refusal names the field': spoiled((channel) => ({
    push: async (operation, calls, run) =>
      (await channel.push(operation, calls, run)).map((outcome) =>
        outcome.kind === 'refused' ? { ...outcome, diagnostics: outcome.diagnostics.map((one) => ({ ...one, path: '' })) } : outcome,
      ),
  })),
  'a write whose answer was lost is unsure and is not sent again': spoiled((channel) => ({
    push: (operation, calls, run) => channel.push(operation, calls, run).catch(() => channel.push(operation, calls, run)),
  })),
  'a slow index is "not yet", never "gone"': spoiled((channel) => {
    let pushed = false;
    return {
      push: (operation, calls, run) => {
        pushed = true;
        return channel.push(operation, calls, run);
      },
      peek: async (keys, facets, run) => (pushed ? { startedAt: Date.now(), cards: [], absent: [...keys] } : channel.peek(keys, facets, run)),
    };
  }),
  'a call that overwrites carries what no facet speaks of': { ...model, compose: (operation, item) => ({ ...(model.compose(operation, item) as object), extra: {} }) },
  'pictures shown under the channel’s own addresses are the master’s': {
    ...model,
    isEcho: (facet, desired, observed) => (JSON.stringify(desired) === JSON.stringify(observed) || facet === 'presence' ? 'yes' : 'no'),
  },
  'more items than a request may hold go in several': {
    ...model,
    descriptor: { ...model.descriptor, operations: model.descriptor.operations.map((operation) => ({ ...operation, batch: 1 })) },
  },
  'every way of saying "too much" is understood': spoiled((channel) => ({
    push: (operation, calls, run) =>
      channel.push(operation, calls, run).catch((error: unknown) => {
        if (error instanceof Throttled) throw new Refused('no', []);
        throw error;
      }),
  })),
  'a revoked key stops the account': spoiled((channel) => ({
    peek: (keys, facets, run) =>
      channel.peek(keys, facets, run).catch((error: unknown) => {
        throw error instanceof Unauthorised ? new RetryLater('try again') : error;
      }),
  })),
  'every request is paid for from the one budget of the account': spoiled(
    () => ({}),
    (ports) => ({ ...ports, budget: { ...ports.budget, take: () => Promise.resolve() } }),
  ),
  'a secret is in no error, no evidence and no answer': spoiled((channel, _ports, config) => ({
    peek: (keys, facets, run) =>
      channel.peek(keys, facets, run).catch((error: unknown) => {
        throw new RetryLater(`asked with ${config['token']}: ${error instanceof Error ? error.message : ''}`);
      }),
  })),
  'a card made into a product is shown unchanged': {
    ...model,
    adoption: { ...adoption, product: (...args) => ({ ...adoption.product(...args), title: `${args[0].title ?? ''} (с площадки)` }) },
  },
  'a forged word of a change is not heard': {
    ...model,
    hints: { read: ({ body }) => ({ kind: 'cards', cards: [{ key: /M-\d\d/.exec(Buffer.from(body).toString('latin1'))?.[0] ?? '' }] }) },
  },
};
