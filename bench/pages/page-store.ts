import { CARDS_A_PAGE, contentBody, FIRST_PRODUCT_ID, infoBody, listBody, offerId, PRICE_DIGITS, PRICE_MARK, stockBody, TEXT_MARK, TEXT_MARK_DIGITS } from './card-bodies.js';

interface StoredPage {
  readonly list: Buffer;
  readonly info: Buffer;
  readonly stock: Buffer;
  readonly content: Buffer;
}

/** Which cards change in a round: one in this many, never one that changed in an earlier round. */
const ONE_IN = 200;

/** All answers of a bulk read, serialised once; changes are written into them in place. */
export class PageStore {
  private readonly pages: readonly StoredPage[];

  constructor(readonly cards: number) {
    const count = Math.ceil(cards / CARDS_A_PAGE);
    this.pages = Array.from({ length: count }, (_, page) => storedPage(page, cards));
  }

  get count(): number {
    return this.pages.length;
  }

  page(index: number): StoredPage | undefined {
    return this.pages[index];
  }

  /** The page that a product id is on. */
  pageOf(id: number): StoredPage | undefined {
    return this.pages[Math.floor((id - FIRST_PRODUCT_ID) / CARDS_A_PAGE)];
  }

  /** Changes one card in 200: every other one its description, the rest its price. Answers how many. */
  change(round: number): number {
    let changed = 0;
    for (let place = round % ONE_IN; place < this.cards; place += ONE_IN) {
      const page = this.pages[Math.floor(place / CARDS_A_PAGE)];
      if (page === undefined) continue;
      if (changed % 2 === 0) overwrite(page.content, place, TEXT_MARK, String(round + 1).padStart(TEXT_MARK_DIGITS, '0'));
      else overwrite(page.info, place, PRICE_MARK, String(9999 - (round % 999)).padStart(PRICE_DIGITS, '0'));
      changed += 1;
    }
    return changed;
  }
}

function overwrite(page: Buffer, place: number, mark: string, digits: string): void {
  const card = page.indexOf(`"offer_id":"${offerId(place)}"`);
  const at = page.indexOf(mark, card);
  if (card < 0 || at < 0) throw new Error(`There is nothing to change in ${offerId(place)}.`);
  page.write(digits, at + Buffer.byteLength(mark), 'latin1');
}

function storedPage(page: number, cards: number): StoredPage {
  const first = page * CARDS_A_PAGE;
  const places = Array.from({ length: Math.min(CARDS_A_PAGE, cards - first) }, (_, n) => first + n);
  const last = first + places.length >= cards;
  const items = (body: (place: number) => object) => places.map((place) => JSON.stringify(body(place))).join(',');
  const next = JSON.stringify(last ? '' : String(page + 1));
  return {
    list: Buffer.from(`{"result":{"items":[${items(listBody)}],"last_id":${next},"total":${cards},"total_items":${cards}}}`),
    info: Buffer.from(`{"items":[${items(infoBody)}]}`),
    stock: Buffer.from(`{"items":[${items(stockBody)}],"cursor":"","total":${places.length},"total_items":${places.length}}`),
    content: Buffer.from(`{"result":[${items(contentBody)}],"last_id":${next},"total":"${cards}"}`),
  };
}
