import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import type { CardValues, Echo, Facet, PictureJudge } from '#channels/contract';
import { ozon } from '#channels/ozon';
import { bySource, collect, ozonWorld, run, type OzonWorld } from './ozon-world.js';

interface Scrambled {
  readonly injected: readonly { readonly offer_id: string; readonly kind: string; readonly facet: Facet }[];
  readonly echoes: readonly { readonly offer_id: string; readonly echoes: readonly string[] }[];
}
type Facets = Partial<Record<Facet, Echo>>;

const SEEDS = [1, 2];
/** Every way of harming a card that concerns a single card. */
const KINDS = 13;

describe.each(SEEDS)('telling harm from harmless change, seed %i', (seed) => {
  let world: OzonWorld;
  let scrambled: Scrambled;
  let verdicts: ReadonlyMap<string, Facets>;
  let observed: ReadonlyMap<string, CardValues>;

  beforeAll(async () => {
    world = await ozonWorld({ cards: 400 });
    const before = await readAll(world);
    scrambled = await world.control<Scrambled>('POST', '/gremlins', { seed, cards: 120, echo_cards: 100, at_least_each: 4 });
    observed = await readAll(world);
    const moved = [...before].filter(([key, values]) => JSON.stringify(values.media) !== JSON.stringify(observed.get(key)?.media));
    const looks = await lookAt(moved.flatMap(([key, values]) => [...(values.media ?? []), ...(observed.get(key)?.media ?? [])]));
    verdicts = new Map([...before].map(([key, values]) => [key, judged(values, observed.get(key), looks)]));
  }, 120_000);
  afterAll(async () => world.close());

  it('calls no harmless change a difference', () => {
    expect(scrambled.echoes.length).toBeGreaterThan(0);
    const wrong = scrambled.echoes.map((echo) => ({ ...echo, verdict: onlyBad(verdicts.get(echo.offer_id)) })).filter((echo) => Object.keys(echo.verdict).length > 0);
    expect(wrong).toEqual([]);
  });

  it('leaves untouched cards alone', () => {
    const touched = new Set([...scrambled.injected, ...scrambled.echoes].map((one) => one.offer_id));
    const wrong = [...verdicts].filter(([key, facets]) => !touched.has(key) && Object.keys(onlyBad(facets)).length > 0);
    expect(wrong).toEqual([]);
  });

  it('sees every harm in the facet it was done to', () => {
    expect(new Set(scrambled.injected.map((one) => one.kind)).size).toBeGreaterThanOrEqual(KINDS);
    const unseen = scrambled.injected
      .filter((one) => {
        if (one.kind === 'missing') return observed.has(one.offer_id);
        if (one.kind === 'orphan') return !observed.has(one.offer_id);
        const bad = Object.keys(onlyBad(verdicts.get(one.offer_id)));
        // An archived card is noticed by its presence, whatever the injector files it under.
        return one.kind === 'not-buyable' ? bad.length === 0 : !bad.includes(one.facet);
      })
      .map((one) => ({ ...one, verdict: verdicts.get(one.offer_id) }));
    expect(unseen).toEqual([]);
  });
});

function onlyBad(facets: Facets | undefined): Facets {
  return Object.fromEntries(Object.entries(facets ?? {}).filter(([, echo]) => echo !== 'yes'));
}

async function readAll(world: OzonWorld): Promise<Map<string, CardValues>> {
  const out = new Map<string, CardValues>();
  for (const lane of ['offers', 'content']) {
    for (const cards of bySource(await collect(world.channel.sweep(lane, undefined, run()))).values()) {
      for (const card of cards.values()) out.set(card.key, { ...out.get(card.key), ...card.values });
    }
  }
  return out;
}

/** Eight by eight colours of each picture, fetched once. */
async function lookAt(urls: readonly string[]): Promise<ReadonlyMap<string, Buffer>> {
  const out = new Map<string, Buffer>();
  for (const url of new Set(urls)) {
    const bytes = Buffer.from(await (await fetch(url)).arrayBuffer());
    out.set(url, await sharp(bytes).resize(8, 8, { fit: 'fill' }).removeAlpha().raw().toBuffer());
  }
  return out;
}

/** What was live before is what is wanted; its pictures are known by their first address. */
function judged(wanted: CardValues, live: CardValues | undefined, looks: ReadonlyMap<string, Buffer>): Facets {
  const pictures: PictureJudge = {
    same: (url, digest) => {
      if (url === digest) return true;
      const left = looks.get(url);
      const right = looks.get(digest);
      if (left === undefined || right === undefined) return undefined;
      return left.reduce((sum, value, at) => sum + Math.abs(value - (right[at] ?? 0)), 0) / left.length < 12;
    },
  };
  const out: Facets = {};
  for (const facet of ozon.descriptor.facets) {
    const have = live?.[facet];
    const want = wanted[facet];
    if (want === undefined) continue;
    if (have === undefined) out[facet] = 'no';
    else if (facet === 'stock') out[facet] = JSON.stringify(want) === JSON.stringify(have) ? 'yes' : 'no';
    else out[facet] = ozon.isEcho(facet, want as never, have as never, pictures);
  }
  return out;
}
