import { isProduct, type Attachment, type Ware } from '../model.js';

/** What a ware shows: goods a list, a variation one picture or none. */
export function picturesOf(ware: Ware): Attachment[] {
  return isProduct(ware) ? ware.images : ware.image ? [ware.image] : [];
}

export function showPictures(ware: Ware, pictures: Attachment[]): void {
  if (isProduct(ware)) ware.images = pictures;
  else ware.image = pictures[0] ?? null;
}
