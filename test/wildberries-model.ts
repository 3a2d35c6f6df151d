import type { AppliedWrite, Driver } from '#channels/testkit';
import type { HttpPort } from '#channels/contract';

type Call = Parameters<HttpPort['request']>[0];
type Answer = Awaited<ReturnType<HttpPort['request']>>;
type Doc = Record<string, unknown>;

interface Card extends Doc {
  nmID: number;
  vendorCode: string;
  updatedAt: string;
  title: string;
  photos: { big: string }[];
  sizes: { chrtID: number; techSize: string; skus: string[] }[];
}

/** Members an update cannot change, whatever it says. */
const KEPT = ['nmID', 'imtID', 'nmUUID', 'subjectID', 'subjectName', 'photos', 'video', 'tags', 'createdAt', 'needKiz'];
const APPLIES_AFTER_MS = 20_000;
const WAREHOUSE = 7;

const charc = (charcID: number, name: string, charcType: number, unitName = '') => ({
  charcID,
  name,
  charcType,
  unitName,
  required: false,
  maxCount: 0,
  existNamedField: false,
});
const CHARACTERISTICS = [charc(14177449, 'Цвет', 1), charc(90702, 'Мощность', 4, 'Вт'), charc(89, 'Материал', 1), charc(14177451, 'Страна производства', 1)];

const ok = (body: unknown, status = 200): Answer => ({ status, headers: {}, body });
const fine = (data: unknown = null): Answer => ok({ data, error: false, errorText: '', additionalErrors: null });
const bad = (errorText: string): Answer => ({ status: 400, headers: {}, body: { data: null, error: true, errorText, additionalErrors: null } });

/**
 * The few rules of Wildberries that the adapter's duties touch, in memory: a walk by cursor, whole cards overwritten later than they
 * are taken, failures told in another list, price tasks, stock by size. Not the simulator: no limits, no gremlins, no sockets.
 */
export class ModelWildberries implements HttpPort {
  readonly cards = new Map<string, Card>();
  readonly trash = new Map<string, Card>();
  readonly applied: AppliedWrite[] = [];
  readonly prices = new Map<number, { price: number; discount: number }>();
  readonly stocks = new Map<number, number>();
  private readonly drafts: { at: number; article: string; error: string }[] = [];
  private waiting: { readonly at: number; readonly apply: () => void }[] = [];
  private tasks = 0;
  /** Set: changes of stock are answered with 204 and forgotten. */
  deaf = false;

  constructor(
    private readonly token: string,
    private readonly clock: Driver['clock'],
    /** Names of the subjects, ids from 100 in this order. */
    private readonly subjects: readonly string[] = [],
  ) {}

  add(article: string): void {
    const nmID = 1000 + this.cards.size;
    const at = new Date(this.clock.now() - 86_400_000 + this.cards.size * 1000).toISOString();
    this.cards.set(article, {
      nmID,
      imtID: nmID,
      subjectID: 815,
      vendorCode: article,
      brand: 'Ясень',
      title: `Чайник ${article}`,
      description: 'Кипятит быстро.',
      photos: [{ big: `https://basket-01.wbbasket.ru/${nmID}/1.webp` }],
      dimensions: { length: 20, width: 15, height: 25, weightBrutto: 1.2, isValid: true },
      characteristics: [{ id: 14177449, name: 'Цвет', value: ['красный'] }],
      sizes: [{ chrtID: nmID * 10, techSize: '0', skus: [`20000000${nmID}`] }],
      tags: [],
      createdAt: at,
      updatedAt: at,
    });
    this.prices.set(nmID, { price: 1000, discount: 0 });
    this.stocks.set(nmID * 10, 5);
  }

  async request(call: Call): Promise<Answer> {
    call.signal.throwIfAborted();
    if (call.headers['Authorization'] !== this.token) return ok({ title: 'unauthorized', detail: 'token problem' }, 401);
    this.applyDue();
    const url = new URL(call.url);
    const body = JSON.parse(JSON.stringify(call.body ?? null)) as Doc & Doc[];
    const path = url.pathname.replace(/^\/[a-z-]+-api(?=\/)/, '');
    const offset = Number(url.searchParams.get('offset') ?? 0);
    switch (`${call.method} ${path}`) {
      case 'POST /content/v2/get/cards/list':
        return this.list(body);
      case 'POST /content/v2/get/cards/trash':
        return this.trashed(body);
      case 'POST /content/v2/cards/error/list':
        return fine({ items: this.drafts.map(draftDoc), cursor: { next: false } });
      case 'POST /content/v2/cards/upload':
        return this.upload(body);
      case 'POST /content/v2/cards/delete/trash':
        return this.move(body, this.cards, this.trash);
      case 'POST /content/v2/cards/recover':
        return this.move(body, this.trash, this.cards);
      case 'GET /content/v2/object/all':
        return fine(offset > 0 ? [] : this.subjects.map((name, at) => ({ subjectID: 100 + at, parentID: 1, subjectName: name, parentName: 'Товары' })));
      case 'POST /content/v2/cards/update':
        return this.update(body);
      case 'POST /content/v3/media/save':
        return this.saveMedia(body);
      case 'GET /content/v2/cards/limits':
        return fine({ freeLimits: 1000, paidLimits: 0 });
      case 'GET /api/v2/list/goods/filter':
        return fine({ listGoods: [...this.cards.values()].slice(offset, offset + Number(url.searchParams.get('limit'))).map((card) => this.goods(card)) });
      case 'POST /api/v2/list/goods/filter':
        return fine({ listGoods: [...this.cards.values()].filter((card) => (body['nmList'] as number[]).includes(card.nmID)).map((card) => this.goods(card)) });
      case 'GET /api/v2/quarantine/goods':
        return fine({ quarantineGoods: [] });
      case 'POST /api/v2/upload/task':
        return this.setPrices(body['data'] as { nmID: number; price: number; discount: number }[]);
      case 'GET /api/v2/history/tasks':
        return fine({ uploadID: Number(url.searchParams.get('uploadID')), status: 3 });
      case 'GET /api/v3/warehouses':
        return ok([{ id: WAREHOUSE, name: 'Склад', officeId: 1, cargoType: 1, deliveryType: 1, isDeleting: false, isProcessing: false }]);
      case `PUT /api/v3/stocks/${WAREHOUSE}`:
        for (const row of body['stocks'] as { chrtId: number; amount: number }[]) if (!this.deaf) this.stocks.set(row.chrtId, row.amount);
        return ok(undefined, 204);
      case `POST /api/v3/stocks/${WAREHOUSE}`:
        return ok({ stocks: (body['chrtIds'] as number[]).map((chrtId) => ({ chrtId, amount: this.stocks.get(chrtId) ?? 0 })) });
      case 'GET /api/v1/analytics/banned-products/blocked':
        return ok({ report: [] });
      case 'POST /api/analytics/v2/item-rating':
        return ok({ data: { items: [] } });
      case 'GET /api/v1/seller-info':
        return ok({ name: 'ООО Ясень', sid: 's', tin: '1', tradeMark: 'Ясень' });
      default:
        if (/^\/content\/v2\/object\/charcs\/\d+$/.test(path)) return fine(CHARACTERISTICS);
        if (/^\/content\/v2\/directory\/(colors|countries)$/.test(path)) return fine([]);
        return ok({ title: 'path not found' }, 404);
    }
  }

  /** Makes cards later; each picture address, number and id is the channel's own. */
  private upload(groups: readonly Doc[]): Answer {
    const variants = groups.flatMap((group) => (group['variants'] as Doc[]).map((variant) => ({ subjectID: group['subjectID'], ...variant })));
    if (variants.some((variant) => this.cards.has(String((variant as Doc)['vendorCode']))))
      return bad("bad request; Unexpected the specified card's vendor code is used in other cards");
    this.later(() => {
      for (const variant of variants as unknown as (Doc & Pick<Card, 'sizes'>)[]) {
        const nmID = 1000 + this.cards.size;
        const at = new Date(this.clock.now()).toISOString();
        const sizes = variant.sizes.map((size, index) => ({ chrtID: nmID * 10 + index, techSize: size.techSize ?? '0', wbSize: '', skus: size.skus }));
        const made = { nmID, imtID: nmID, nmUUID: `u-${nmID}`, photos: [], tags: [], needKiz: false, createdAt: at, updatedAt: at };
        this.cards.set(String(variant['vendorCode']), { ...variant, ...made, sizes } as unknown as Card);
        this.prices.set(nmID, { price: Number((variant.sizes[0] as unknown as Doc)['price'] ?? 0), discount: 0 });
        this.applied.push({ key: String(variant['vendorCode']), changed: true });
      }
    });
    return fine();
  }

  private move(body: Doc, from: Map<string, Card>, to: Map<string, Card>): Answer {
    for (const card of [...from.values()].filter((one) => (body['nmIDs'] as number[]).includes(one.nmID))) {
      from.delete(card.vendorCode);
      to.set(card.vendorCode, { ...card, trashedAt: new Date(this.clock.now()).toISOString() });
    }
    return fine();
  }

  private trashed(body: Doc): Answer {
    const { cursor } = body['settings'] as { cursor: { nmID?: number } };
    const found = [...this.trash.values()].filter((card) => card.nmID > (cursor.nmID ?? 0));
    const last = found.at(-1);
    return ok({ cards: found, cursor: { trashedAt: last?.['trashedAt'] ?? '', nmID: last?.nmID ?? 0, total: found.length } });
  }

  private list(body: Doc): Answer {
    const { filter, cursor } = body['settings'] as { filter: { textSearch?: string }; cursor: { limit: number; updatedAt?: string; nmID?: number } };
    const after = (card: Card) => cursor.updatedAt === undefined || card.updatedAt > cursor.updatedAt || (card.updatedAt === cursor.updatedAt && card.nmID > (cursor.nmID ?? 0));
    const found = [...this.cards.values()]
      .filter((card) => card.vendorCode.includes(filter.textSearch ?? '') && after(card))
      .sort((a, b) => (a.updatedAt === b.updatedAt ? a.nmID - b.nmID : a.updatedAt < b.updatedAt ? -1 : 1))
      .slice(0, cursor.limit);
    const last = found.at(-1);
    return ok({ cards: found, cursor: { updatedAt: last?.updatedAt ?? '', nmID: last?.nmID ?? 0, total: found.length } });
  }

  /** Taken at once, applied later, card by card; what cannot be applied turns up among the failed drafts. */
  private update(items: readonly Doc[]): Answer {
    if (!Array.isArray(items)) return bad('Invalid request format');
    for (const item of items) {
      this.later(() => {
        const card = this.cards.get(String(item['vendorCode']));
        if (card === undefined) return;
        if (String(item['title']).includes('@')) {
          this.drafts.push({ at: this.clock.now(), article: card.vendorCode, error: 'Запрещено использовать E-Mail в поле Наименование' });
          return;
        }
        const before = JSON.stringify({ ...card, updatedAt: '' });
        const kept = Object.fromEntries(KEPT.filter((name) => name in card).map((name) => [name, card[name]]));
        const next = { ...item, ...kept, updatedAt: new Date(this.clock.now()).toISOString() } as Card;
        this.cards.set(card.vendorCode, next);
        this.applied.push({ key: card.vendorCode, changed: JSON.stringify(sorted(next)) !== JSON.stringify(sorted(JSON.parse(before) as Doc)) });
      });
    }
    return fine();
  }

  private saveMedia(body: Doc): Answer {
    const card = [...this.cards.values()].find((one) => one.nmID === body['nmId']);
    if (card === undefined) return ok({ error: true, errorText: 'no such card' }, 422);
    const urls = body['data'] as string[];
    this.later(() => {
      card.photos = urls.map((url, at) => ({
        big: `https://basket-01.wbbasket.ru/${card.nmID}/${at + 1}/${
          url
            .split('/')
            .at(-1)
            ?.replace(/\.\w+$/, '') ?? ''
        }.webp`,
      }));
      card.updatedAt = new Date(this.clock.now()).toISOString();
      this.applied.push({ key: card.vendorCode, changed: true });
    });
    return fine({});
  }

  private setPrices(items: readonly { nmID: number; price: number; discount: number }[]): Answer {
    if (items.some((item) => item.price <= 0)) return bad('Invalid price value');
    this.later(() => {
      for (const item of items) this.prices.set(item.nmID, item);
    });
    return fine({ id: (this.tasks += 1), alreadyExists: false });
  }

  private goods(card: Card): Doc {
    const { price, discount } = this.prices.get(card.nmID) ?? { price: 0, discount: 0 };
    const sizes = card.sizes.map((size) => ({ sizeID: size.chrtID, price, discountedPrice: (price * (100 - discount)) / 100, techSizeName: size.techSize }));
    return { nmID: card.nmID, vendorCode: card.vendorCode, sizes, currencyIsoCode4217: 'RUB', discount, clubDiscount: 0, editableSizePrice: false };
  }

  private later(apply: () => void): void {
    this.waiting.push({ at: this.clock.now() + APPLIES_AFTER_MS, apply });
  }

  /** Applies what was taken long enough ago. */
  applyDue(): void {
    const due = this.waiting.filter((one) => one.at <= this.clock.now());
    this.waiting = this.waiting.filter((one) => one.at > this.clock.now());
    for (const one of due) one.apply();
  }
}

function draftDoc({ at, article, error }: { at: number; article: string; error: string }): Doc {
  return { batchUUID: `b-${at}`, subjects: {}, brands: {}, vendorCodes: [article], errors: { [article]: [error] }, updatedAt: new Date(at).toISOString() };
}

/** Without the time, the names that are for reading only and the judgement on sizes: what an update may set. */
function sorted(card: Doc): Doc {
  const { updatedAt: _at, characteristics, dimensions, ...rest } = card;
  const { isValid: _valid, ...sides } = dimensions as Doc;
  const plain = (characteristics as Doc[]).map(({ name: _name, ...one }) => one);
  return Object.fromEntries(Object.entries({ ...rest, dimensions: sides, characteristics: plain }).sort(([a], [b]) => (a < b ? -1 : 1)));
}
