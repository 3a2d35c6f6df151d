import type { Store } from '../store.js';

/** Prices a request asks for: of a card, of one size, or for members of the club. */
export interface PriceItem {
  nmID: number;
  sizeID?: number;
  price?: number;
  discount?: number;
  clubDiscount?: number;
}

export interface PriceOutcome {
  nmID: number;
  vendorCode: string;
  sizeID: number | null;
  techSizeName: string;
  price: number | null;
  discount: number;
  clubDiscount: number | null;
  /** 2 applied, 3 refused. */
  status: 2 | 3;
  errorText: string;
}

/** One upload of prices. */
export interface Upload {
  uploadID: number;
  /** The same prices asked for again while this one waits are this one. */
  fingerprint: string;
  items: PriceItem[];
  uploadedAt: number;
  /** 0 while it waits; 3 done, 5 in part, 6 failed. */
  status: 0 | 3 | 5 | 6;
  outcomes: PriceOutcome[];
}

export class UploadBook {
  private readonly byId = new Map<number, Upload>();

  constructor(private readonly store: Store) {
    for (const upload of store.all<Upload>('uploads')) this.byId.set(upload.uploadID, upload);
  }

  get(uploadID: number): Upload | undefined {
    return this.byId.get(uploadID);
  }

  waiting(fingerprint: string): Upload | undefined {
    for (const upload of this.byId.values()) if (upload.status === 0 && upload.fingerprint === fingerprint) return upload;
    return undefined;
  }

  save(upload: Upload): void {
    this.byId.set(upload.uploadID, upload);
    this.store.put('uploads', upload.uploadID, upload);
  }

  reset(): void {
    this.byId.clear();
  }
}
