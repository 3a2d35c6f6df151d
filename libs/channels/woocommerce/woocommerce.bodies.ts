import type { AttributeEdit } from './woocommerce.attributes.js';
import type { KeptImage, SentImage } from './woocommerce.images.js';
import type { KeptPicture, SharedNotes } from './woocommerce.meta.js';
import type { Member } from './woocommerce.shared-values.js';

/* What is recorded and sent for one card. A variation's request may have a part that its group holds for all variations. */

export type Fields = Readonly<Record<string, unknown>>;

/** What the group of a variation holds once for all of them. */
export interface GroupPart {
  readonly id: number;
  readonly fields: Fields;
  /** What one variation wants; laid over `live` and `noted`, the attributes and the notes as just read. */
  readonly member?: Member;
  readonly live: unknown;
  readonly noted: SharedNotes;
}

/** A change of one product or variation. `parent`: the group's id, for a variation. */
export interface UpdateBody {
  readonly id: number;
  readonly parent?: number;
  readonly fields: Fields;
  readonly group?: GroupPart;
  /** The path of a category of the product, or of its group; made when it is not there. */
  readonly category?: string;
}

/** A product to be made; `group` when it is to be a variation, of the group with this SKU. */
export interface CreateBody {
  readonly sku: string;
  readonly fields: Fields;
  readonly category?: string;
  readonly group?: { readonly sku: string; readonly fields: Fields; readonly attributes: AttributeEdit };
}

/** The pictures of one product, group or variation (which has room for one). */
export interface MediaBody {
  readonly id: number;
  readonly parent?: number;
  readonly images: readonly SentImage[];
  /** Pictures it shows besides, which stay until all new ones are there. */
  readonly shown?: readonly KeptImage[];
  /** The same with every picture fetched anew, should the site no longer have one that it had. */
  readonly anew: readonly SentImage[];
  readonly digests: readonly string[];
  /** What was noted on the site about pictures before. */
  readonly noted: readonly KeptPicture[];
}
