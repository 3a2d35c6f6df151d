/** What the market does after it answered. Each is stored until it is done. */

export interface SizeInput {
  chrtID?: number;
  techSize?: string;
  wbSize?: string;
  price?: number;
  skus?: string[];
}

export interface ContentInput {
  vendorCode: string;
  brand?: string;
  title?: string;
  description?: string;
  kizMarked?: boolean;
  wholesale?: { enabled?: boolean; quantum?: number };
  dimensions?: { length?: number; width?: number; height?: number; weightBrutto?: number };
  characteristics?: { id: number; value: unknown }[];
  sizes?: SizeInput[];
  documents?: { items?: unknown[]; excludeDocuments?: boolean };
  gtin?: unknown;
}

export interface EditInput extends ContentInput {
  nmID: number;
  sizes: SizeInput[];
}

/** The cards of one group, new or to be added to one (`imtID`). */
export interface CreateWork {
  kind: 'create';
  batch: string;
  subjectID: number;
  imtID: number;
  variants: ContentInput[];
}

export interface EditWork {
  kind: 'edit';
  batch: string;
  cards: EditInput[];
}

export interface MediaWork {
  kind: 'media';
  nmID: number;
  urls: string[];
}

export interface PriceWork {
  kind: 'price';
  uploadID: number;
}
