import type { MediaStore, ProductDocument, ProductInput, ProductService } from '#catalog';
import { generateDemo } from '#demo';

const SEED = 1;
/** Some kinds of goods are there only once, and colours of one model are left out: of so many more the first are taken. */
const SPARE = 1.6;
const PER_WRITE = 500;
const BY_BENCH = { author: 'bench', cause: { kind: 'demo', seed: SEED } } as const;

/** Goods of the demo without sizes, colours and price floors, each with one picture and with another of its kind beside it. */
export async function storeGoods(products: ProductService, media: MediaStore, count: number): Promise<readonly ProductInput[]> {
  const kinds = new Map<string, ProductInput[]>();
  for await (const batch of generateDemo({ seed: SEED, products: Math.ceil(count * SPARE) })) {
    const plain = batch.products.filter(({ document }) => document.model === undefined);
    await media.putMany(
      plain.flatMap(({ pictures }) => pictures.slice(0, 1)),
      { source: 'demo' },
    );
    for (const { document } of plain) {
      const { minPrice: _floor, ...rest } = document;
      const category = document.category ?? '';
      kinds.set(category, [...(kinds.get(category) ?? []), { ...rest, media: (document.media ?? []).slice(0, 1) }]);
    }
  }
  const goods = [...kinds.values()]
    .filter((kind) => kind.length > 1)
    .flat()
    .slice(0, count);
  if (goods.length < count) throw new Error(`Of the demo's goods only ${goods.length} have another of their kind.`);
  await store(products, goods);
  return goods;
}

/** Gives each product another title, description, size, weight, price and stock, and the picture and the attributes of another one of its kind: every turn of another. */
export async function writeAnew(products: ProductService, goods: readonly ProductInput[], turn: number): Promise<void> {
  await store(
    products,
    goods.map((product, place) => {
      const { attributes = {}, media } = neighbourOf(goods, place, turn);
      const own = Object.entries(product.attributes ?? {});
      return {
        ...product,
        title: `Новинка ${turn}: ${product.title}`,
        description: `Партия ${turn}. ${product.description ?? ''}`,
        attributes: Object.fromEntries(own.map(([name, value]) => [name, value === product.sku ? value : (attributes[name] ?? value)])),
        media,
        ...(product.dimensions && { dimensions: { ...product.dimensions, length: product.dimensions.length + 10 * turn } }),
        ...(product.weight !== undefined && { weight: product.weight + 100 * turn }),
        ...raised(product, turn),
        stock: { main: (product.stock?.['main'] ?? 0) + turn },
      };
    }),
  );
}

function neighbourOf(goods: readonly ProductInput[], place: number, turn: number): ProductInput {
  const { category } = goods[place] ?? {};
  const kind = goods.filter((one) => one.category === category);
  const at = kind.findIndex((one) => one.sku === goods[place]?.sku);
  return kind[(at + turn) % kind.length] ?? (goods[place] as ProductInput);
}

/** A few per cent more, in whole roubles: no channel holds such a price back. */
function raised({ price, oldPrice }: ProductInput, turn: number): Pick<ProductDocument, 'price' | 'oldPrice'> {
  const more = (minor: number): number => Math.round((minor * (1 + turn / 50)) / 100) * 100;
  return {
    ...(price && { price: { ...price, minor: more(price.minor) } }),
    ...(oldPrice && { oldPrice: { ...oldPrice, minor: more(oldPrice.minor) } }),
  };
}

async function store(products: ProductService, goods: readonly ProductInput[]): Promise<void> {
  for (let from = 0; from < goods.length; from += PER_WRITE) {
    const outcomes = await products.upsertMany(
      goods.slice(from, from + PER_WRITE).map((document) => ({ document })),
      BY_BENCH,
    );
    const failed = outcomes.find(({ kind }) => kind !== 'created' && kind !== 'updated');
    if (failed) throw new Error(`${failed.sku} was not stored: ${JSON.stringify(failed)}`);
  }
}
