import { issueOf } from '../../faults/validation-issue.js';
import type { SetFile } from '../file-set.js';
import type { ProductRow } from '../product-row.js';
import { UnreadableFile } from '../unreadable-file.js';
import { readXml, type XmlReading, type XmlRecord } from '../xml/read-xml.js';
import { catalogItem, type LengthFactor } from './catalog-item.js';
import { Classifier } from './classifier.js';
import { familyRows } from './family-rows.js';
import { offerItem } from './offer-item.js';
import { PriceChoice } from './price-choice.js';
import { StagedItems } from './staged-items.js';

export type CommerceMlOptions = Pick<XmlReading, 'signal' | 'limits'> & {
  /** Of prices whose type names no currency. */
  readonly currency: string;
  /** Name or id of the type of price that counts; by default the retail one, else the first. */
  readonly priceType?: string;
  readonly lengthFactor: LengthFactor;
  /** Bytes of the file under way. */
  readonly onBytes?: (file: SetFile, bytes: number) => void;
};

const ROOT = 'КоммерческаяИнформация';

/** Whether a set tells only what changed: then what it does not name stays as it is. */
export interface SetFacts {
  readonly partial: boolean;
}

/**
 * The goods of a set of CommerceML files, whatever the files are called and in whatever order they come: what kind a file is tells its
 * content. The names of things are read first, then the goods, which are brought together on disk. Sorted by id: the same set gives the same rows.
 * @throws UnreadableFile
 */
export async function* readCommerceMl(files: readonly SetFile[], options: CommerceMlOptions, tell?: (facts: SetFacts) => void): AsyncGenerator<ProductRow> {
  const classifier = new Classifier();
  for (const file of files) await learn(classifier, file, options);
  const staged = await StagedItems.open();
  try {
    const stage = new Stage(classifier, new PriceChoice(classifier.priceTypes, options.currency, options.priceType), options.lengthFactor, staged);
    for (const file of files) {
      stage.begin();
      for await (const record of records(file, options, (path) => isGoods(path) || Classifier.isOfOffers(path))) {
        if (!isGoods(record.path)) {
          classifier.learn(record);
          continue;
        }
        const unnamed = stage.take(record, file.name);
        if (unnamed) yield unnamed;
      }
    }
    if (stage.taken === 0) throw new UnreadableFile('onec-nothing');
    tell?.({ partial: stage.partial });
    for (const family of staged.families()) yield* familyRows(family);
  } finally {
    await staged.close();
  }
}

/** Names of things stand before the goods that use them, and reading ends where goods begin; those of the offers are met again on the way to these. */
async function learn(classifier: Classifier, file: SetFile, { onBytes: _onBytes, ...options }: CommerceMlOptions): Promise<void> {
  for await (const record of records(file, options, (path) => Classifier.isRecord(path) || isGoods(path))) {
    if (isGoods(record.path)) return;
    classifier.learn(record);
  }
}

class Stage {
  taken = 0;
  partial = false;
  private readonly numbers = { Товар: 0, Предложение: 0 };

  constructor(
    private readonly classifier: Classifier,
    private readonly prices: PriceChoice,
    private readonly lengthFactor: LengthFactor,
    private readonly staged: StagedItems,
  ) {}

  begin(): void {
    this.numbers.Товар = 0;
    this.numbers.Предложение = 0;
  }

  /** Puts the record down; answers with a row only for one that has no id. */
  take({ element, above }: XmlRecord, file: string): ProductRow | undefined {
    const kind = element.name === 'Товар' ? 'Товар' : 'Предложение';
    const place = `${file}: ${kind} ${++this.numbers[kind]}`;
    const partial = above[1]?.['СодержитТолькоИзменения'] === 'true';
    this.taken++;
    this.partial ||= partial;
    if (kind === 'Товар') {
      const item = catalogItem(element, place, this.classifier, this.lengthFactor);
      if (item) this.staged.putItem(item);
      return item ? undefined : nameless(place);
    }
    const offer = offerItem(element, place, this.prices, partial ? [] : [...this.classifier.warehouses.keys()]);
    if (offer) this.staged.putOffer(offer);
    return offer ? undefined : nameless(place);
  }
}

function nameless(place: string): ProductRow {
  return { place, patch: {}, warnings: [], skipped: issueOf('externalIds', undefined, 'onec-no-id') };
}

/** Goods of a catalog and offers of a package; the goods of orders stand under documents. */
function isGoods(path: readonly string[]): boolean {
  const name = path.at(-1);
  return (name === 'Товар' && path.at(-2) === 'Товары' && path.at(-3) === 'Каталог') || (name === 'Предложение' && path.at(-2) === 'Предложения');
}

function records(file: SetFile, { signal, limits, onBytes }: CommerceMlOptions, isRecord: XmlReading['isRecord']): AsyncGenerator<XmlRecord> {
  return readXml(file.path, {
    isRecord,
    ...(signal && { signal }),
    ...(limits && { limits }),
    onBytes: (bytes) => onBytes?.(file, bytes),
    onOpen: (path) => {
      // A classifier is sent alone too, without the root around it.
      if (path.length === 1 && path[0] !== ROOT && path[0] !== 'Классификатор') throw new UnreadableFile('xml-not-1c', { root: path[0] ?? '' });
    },
  });
}
