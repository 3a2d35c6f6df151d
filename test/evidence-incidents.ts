import { createHash } from 'node:crypto';
import sharp from 'sharp';
import type { Facet } from '#channels/contract';
import type { Pool } from 'pg';
import type { DriftCause, DriftKind } from '../libs/reconcile/diff/index.js';
import { appendEvidence } from '../libs/reconcile/evidence/append-evidence.js';
import type { DriftNoticed, EvidenceEntry } from '../libs/reconcile/evidence/evidence-entry.js';
import type { PackPictures } from '../libs/reconcile/evidence/pack/pack-content.js';
import { inTransaction } from './evidence-database.js';

export const INCIDENTS_START = Date.parse('2026-11-20T10:00:00Z');
const MINUTE = 60_000;

const drawing = (background: string, shape: string): Promise<Buffer> =>
  sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="600" height="600"><rect width="600" height="600" fill="${background}"/><g fill="${shape}"><rect x="190" y="170" width="220" height="280" rx="40"/><rect x="230" y="120" width="140" height="60" rx="14"/><path d="M410 230 h50 a40 40 0 0 1 40 40 v60 a40 40 0 0 1 -40 40 h-50 v-30 h40 a20 20 0 0 0 20 -20 v-40 a20 20 0 0 0 -20 -20 h-40z"/></g></svg>`,
    ),
  )
    .jpeg({ quality: 85 })
    .toBuffer();

interface Told {
  readonly facet: Facet;
  readonly kind: DriftKind;
  readonly cause: DriftCause;
  readonly wanted: unknown;
  readonly live: unknown;
  readonly after?: unknown;
  readonly partners?: DriftNoticed['partners'];
}

/** Two cards with four drifts between them, as the loops would have recorded them. */
export interface RecordedIncidents {
  readonly account: string;
  /** KT-00123; the other card is KT-02817. */
  readonly listing: string;
  readonly drifts: readonly string[];
  readonly pictures: PackPictures;
}

export async function recordIncidents(pool: Pool): Promise<RecordedIncidents> {
  let account = '';
  const append = (entries: readonly EvidenceEntry[]): Promise<string[]> => inTransaction(pool, (client) => appendEvidence(client, account, entries));
  const one = async (sql: string, values: readonly unknown[]): Promise<string> => (await pool.query<{ id: string }>(sql, [...values])).rows[0]?.id ?? '';
  const newListing = (key: string, sku: string): Promise<string> =>
    one('INSERT INTO listing (account_id, key, external_id, ids) VALUES ($1, $2, $3, $4) RETURNING id', [account, key, `${sku}00`, JSON.stringify({ sku })]);

  async function tell(listingId: string, key: string, told: Told, minute: number): Promise<string> {
    const at = INCIDENTS_START + minute * MINUTE;
    const healed = told.after === undefined ? null : new Date(at + 9 * MINUTE);
    const driftId = await one(`INSERT INTO drift (account_id, listing_id, facet, kind, cause, state, noticed_at, healed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id`, [
      account,
      listingId,
      told.facet,
      told.kind,
      told.cause,
      healed === null ? 'open' : 'healed',
      new Date(at),
      healed,
    ]);
    const revision = { revision: 7, author: 'Анна Смирнова', cause: { kind: 'import', file: 'осень-2026.csv' }, at: '2026-11-19T09:00:00Z' };
    const push = (id: number, when: number): EvidenceEntry[] => {
      const refs = { listingId, intentId: String(id) };
      return [
        {
          kind: 'push.intent',
          at: when,
          ...refs,
          body: {
            operation: 'product/import',
            purpose: 'repair',
            facets: [told.facet],
            writeSet: [told.facet],
            epoch: 1,
            revision,
            prints: { [told.facet]: '10' },
            request: { items: [{ offer_id: key }] },
          },
        },
        { kind: 'push.answer', at: when + 2_000, ...refs, body: { outcome: 'accepted', receipt: '172549793', answer: { result: { task_id: '172549793' } } } },
        { kind: 'push.verified', at: when + 3 * MINUTE, ...refs, body: { prints: { [told.facet]: '10' } } },
      ];
    };
    await append([
      ...push(Number(driftId) * 10, at - 600 * MINUTE),
      {
        kind: 'drift.noticed',
        at,
        listingId,
        driftId,
        facet: told.facet,
        body: {
          key,
          part: '',
          driftKind: told.kind,
          cause: told.cause,
          observed: told.live,
          desired: told.wanted,
          prints: { observed: '99', expected: '10', desired: '10' },
          revision,
          partners: told.partners ?? [],
        },
      },
      ...(told.after === undefined ? [] : push(Number(driftId) * 10 + 1, at + MINUTE)),
      ...(told.after === undefined
        ? []
        : [{ kind: 'drift.healed' as const, at: at + 9 * MINUTE, listingId, driftId, facet: told.facet, body: { key, part: '', after: told.after } }]),
    ]);
    return driftId;
  }

  const stored = new Map<string, Buffer>();
  const drifts: string[] = [];
  account = await one(`INSERT INTO channel_account (channel, title, credentials) VALUES ('ozon', 'Дом и сад <Москва>', 'sealed') RETURNING id`, []);
  const listing = await newListing('KT-00123', '1729456789');
  const title = 'Чайник заварочный стеклянный 800 мл с ситечком';
  await pool.query(`INSERT INTO listing_render (listing_id, revision, rules_version, projection, values, diagnostics) VALUES ($1, 7, 1, 1, $2, '[]')`, [
    listing,
    JSON.stringify({ title }),
  ]);
  const other = await newListing('KT-02817', '1729451111');
  const blue = await drawing('#f2f4f7', '#2f6fb5');
  const digest = createHash('sha256').update(blue).digest('hex');
  stored.set(digest, blue);
  stored.set('https://cdn.example/s3/a/1.jpg', await drawing('#fff6e8', '#c2412d'));
  stored.set('https://cdn.example/s3/b/2.jpg', await sharp(blue).jpeg({ quality: 60 }).toBuffer());
  const description = `<p>${title} выдерживает кипяток: боросиликатное стекло не темнеет и не впитывает запах. Ситечко из нержавеющей стали вынимается, крышка держится при наклоне.</p><p>Объём 800 мл — на четыре чашки. Можно мыть в посудомоечной машине.</p>`;
  drifts.push(
    await tell(
      listing,
      'KT-00123',
      {
        facet: 'media',
        kind: 'swapped',
        cause: 'outside',
        wanted: [digest, 'ab'.repeat(32)],
        live: ['https://cdn.example/s3/a/1.jpg'],
        after: ['https://cdn.example/s3/b/2.jpg'],
        partners: [{ listingId: other, sku: 'KT-02817' }],
      },
      0,
    ),
    await tell(
      listing,
      'KT-00123',
      {
        facet: 'description',
        kind: 'gibberish',
        cause: 'outside',
        wanted: description,
        live: 'РЎС‚РµРєР»СЏРЅРЅС‹Р№ \u0000<script>alert(1)</script> Ситечко из нержавеющей стали вынимается фывапро',
        after: description,
      },
      30,
    ),
    await tell(
      other,
      'KT-02817',
      { facet: 'price', kind: 'price', cause: 'unknown', wanted: { price: 129_050, old: 159_000, currency: 'RUB' }, live: { price: 99_900, currency: 'RUB' } },
      45,
    ),
    await tell(
      other,
      'KT-02817',
      {
        facet: 'attributes',
        kind: 'attribute-lost',
        cause: 'outside',
        wanted: { '10096': [{ text: 'прозрачный' }], '8229': [{ text: 'Чайник заварочный' }] },
        live: { '8229': [{ text: 'Чайник заварочный' }] },
        after: { '10096': [{ text: 'прозрачный' }], '8229': [{ text: 'Чайник заварочный' }] },
      },
      50,
    ),
  );
  return { account, listing, drifts, pictures: { master: (digest) => Promise.resolve(stored.get(digest)), channel: (_account, url) => Promise.resolve(stored.get(url)) } };
}
