import type { Pool } from 'pg';
import type { Diagnostic } from '#kernel';
import { ProductReader } from '#catalog';
import { type AccountRules, type ChannelModule, FACETS, type Facet, pickFacets, type ProductSnapshot, type References, type Rendered } from '#channels/contract';
import { type Account, type PolicyMode, RULE_TABLES, type RuleTable, rulesOf, type RuleTables } from '#listings';
import { stockToWithdraw } from '#reconcile';
import { KeptReferences } from './kept-references.js';

/** More cards than this are not looked through: a preview answers within seconds. */
const MOST = 5_000;
const PAGE = 250;
const EXAMPLES = 10;
const MOST_FAULTS = 20;

/** Follows from the other facets, or is not made by rules. */
const DERIVED: ReadonlySet<Facet> = new Set(['status', 'presence']);
const SHOWN = FACETS.filter((facet) => !DERIVED.has(facet));

interface RuleChange {
  readonly table: RuleTable;
  readonly name: string;
  /** null: there was no row, or there is none any more. */
  readonly from: string | null;
  readonly to: string | null;
}

interface NewFault {
  readonly code: string;
  readonly path: string;
  readonly params?: Diagnostic['params'];
  readonly cards: number;
  readonly example: string;
}

export interface RulesPreview {
  readonly changes: readonly RuleChange[];
  /** Cards on the account, and how many of them were looked through. */
  readonly of: number;
  readonly looked: number;
  /** Cards that would be wanted otherwise than now. */
  readonly cards: number;
  readonly examples: readonly string[];
  readonly facets: readonly { readonly facet: Facet; readonly mode: PolicyMode; readonly cards: number }[];
  /** Cards of which not all can be told, because the channel was not asked about their new category yet. */
  readonly unread: number;
  /** Cards that cannot be sent now and could be then. */
  readonly cured: number;
  /** What would hold cards back that are not held back now. */
  readonly faults: readonly NewFault[];
  readonly withdrawn: readonly { readonly warehouse: string; readonly name: string | null; readonly cards: number; readonly pieces: number }[];
}

/** What other rules would change, told before they are set: both renderings of every card are compared. Changes nothing and asks the channel nothing. */
export async function previewRules(pool: Pool, module: ChannelModule, account: Account, tables: RuleTables): Promise<RulesPreview> {
  const rules: AccountRules = { ...account.rules, ...tables };
  const changes = changedRows(account.rules, rules);
  const references = new KeptReferences(pool, module, account);
  await references.load(module.choices?.warehouses?.needs ?? []);
  const names = new Map(module.choices?.warehouses?.list(references.get).map(({ id, name }) => [id, name]));
  const places = module.stockPlaces?.(rules, references.get) ?? { managed: [], others: [] };
  const counts = new Comparison();
  if (changes.length > 0) await walk(pool, account, async (cards) => compare(cards, module, [account.rules, rules], references, counts));
  return {
    changes,
    of: await cardCount(pool, account.id),
    ...counts.told(account),
    withdrawn: (await stockToWithdraw(pool, account.id, places)).map((one) => ({ ...one, name: names.get(one.warehouse) ?? null })),
  };
}

function changedRows(before: AccountRules, after: AccountRules): RuleChange[] {
  const [from, to] = [rulesOf(before), rulesOf(after)];
  return RULE_TABLES.flatMap((table) =>
    [...new Set([...Object.keys(from[table]), ...Object.keys(to[table])])].flatMap((name) => {
      const row = { table, name, from: from[table][name] ?? null, to: to[table][name] ?? null };
      return row.from === row.to ? [] : [row];
    }),
  );
}

interface CardToCompare {
  readonly sku: string;
  readonly product: ProductSnapshot;
}

async function walk(pool: Pool, account: Account, visit: (cards: readonly CardToCompare[]) => Promise<void>): Promise<void> {
  const reader = new ProductReader(pool);
  let after = '0';
  for (let left = MOST; left > 0; left -= PAGE) {
    const { rows } = await pool.query<{ id: string; product_id: string }>(
      `SELECT l.id, l.product_id FROM listing l JOIN product p ON p.id = l.product_id AND p.approved_revision IS NOT NULL AND NOT p.archived
       WHERE l.account_id = $1 AND l.id > $2 ORDER BY l.id LIMIT $3`,
      [account.id, after, Math.min(PAGE, left)],
    );
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.id;
    const products = await reader.snapshots(
      rows.map((row) => row.product_id),
      { channel: account.channel },
    );
    await visit(products.map((product) => ({ sku: product.sku, product })));
  }
}

async function cardCount(pool: Pool, accountId: string): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(
    `SELECT count(*)::integer AS n FROM listing l JOIN product p ON p.id = l.product_id AND p.approved_revision IS NOT NULL AND NOT p.archived WHERE l.account_id = $1`,
    [accountId],
  );
  return rows[0]?.n ?? 0;
}

async function compare(cards: readonly CardToCompare[], module: ChannelModule, [now, then]: readonly [AccountRules, AccountRules], references: KeptReferences, counts: Comparison) {
  await references.loadFor(
    cards.map(({ product }) => product),
    [now, then],
  );
  for (const { sku, product } of cards) counts.add(sku, rendered(module, product, now, references.get), rendered(module, product, then, references.get));
}

/** A product that breaks the renderer says so in both renderings; its own page tells more. */
function rendered(module: ChannelModule, product: ProductSnapshot, rules: AccountRules, references: References): Rendered {
  try {
    return module.render(product, rules, references);
  } catch {
    return { values: {}, diagnostics: [{ severity: 'error', path: '', code: 'not-rendered' }] };
  }
}

/** The channel has the answer, the hub has not asked yet. */
const isUnread = ({ code }: Diagnostic): boolean => code.endsWith('.reference-missing');
const unreadFacets = ({ diagnostics }: Rendered): ReadonlySet<string> => new Set(diagnostics.filter(isUnread).map(({ path }) => path.split('.')[0] ?? ''));
const faultsOf = ({ diagnostics }: Rendered): readonly Diagnostic[] => diagnostics.filter((found) => found.severity === 'error' && !isUnread(found));

/** The same fault of several cards; of what was given where that is told, so that each category stands for itself. */
const kindOf = ({ code, path, params }: Diagnostic): string => `${code} ${path} ${JSON.stringify(params?.['given']) ?? ''}`;

/** Counts how renderings by two sets of rules differ. */
class Comparison {
  private looked = 0;
  private cards = 0;
  private unread = 0;
  private cured = 0;
  private readonly examples: string[] = [];
  private readonly facets = new Map<Facet, number>();
  private readonly faults = new Map<string, { code: string; path: string; params?: Diagnostic['params']; cards: number; example: string }>();

  add(sku: string, now: Rendered, then: Rendered): void {
    this.looked++;
    const unread = unreadFacets(then);
    const newlyUnread = [...unread].some((facet) => !unreadFacets(now).has(facet));
    const differ = SHOWN.filter((facet) => !unread.has(facet) && JSON.stringify(pickFacets(now.values, [facet])) !== JSON.stringify(pickFacets(then.values, [facet])));
    if (differ.length === 0 && !newlyUnread && faultsOf(now).length === faultsOf(then).length) return;
    if (newlyUnread) this.unread++;
    if (differ.length > 0) {
      this.cards++;
      if (this.examples.length < EXAMPLES) this.examples.push(sku);
    }
    for (const facet of differ) this.facets.set(facet, (this.facets.get(facet) ?? 0) + 1);
    this.judge(sku, faultsOf(now), faultsOf(then));
  }

  private judge(sku: string, now: readonly Diagnostic[], then: readonly Diagnostic[]): void {
    if (now.length > 0 && then.length === 0) this.cured++;
    const known = new Set(now.map(kindOf));
    for (const fault of then) {
      const key = kindOf(fault);
      if (known.has(key)) continue;
      const { code, path, params } = fault;
      const met = this.faults.get(key);
      if (met === undefined) this.faults.set(key, { code, path, ...(params === undefined ? {} : { params }), cards: 1, example: sku });
      else met.cards++;
    }
  }

  told({ modes }: Account): Omit<RulesPreview, 'changes' | 'of' | 'withdrawn'> {
    return {
      looked: this.looked,
      cards: this.cards,
      examples: this.examples,
      facets: SHOWN.flatMap((facet) => {
        const cards = this.facets.get(facet);
        return cards === undefined ? [] : [{ facet, mode: modes[facet] ?? ('observe' as const), cards }];
      }),
      unread: this.unread,
      cured: this.cured,
      faults: [...this.faults.values()].sort((a, b) => b.cards - a.cards || a.code.localeCompare(b.code)).slice(0, MOST_FAULTS),
    };
  }
}
