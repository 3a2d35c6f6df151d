/** Attribute ids that mean the same in every category of Ozon. See docs/channels/ozon.md, "Attributes". */
export const ATTRIBUTE = {
  title: '4180',
  description: '4191',
  brand: '85',
  clothingBrand: '31',
  type: '8229',
  model: '9048',
  article: '9024',
  country: '4389',
  warranty: '10400',
  hashtags: '23171',
  richContent: '11254',
} as const;

/** Live parts of a card that are not attributes but are washed away by a full import unless they are sent again. */
export const CARRIED = { colourImage: 'color_image', pdf: 'pdf_list' } as const;

/** A complex attribute (video, cover) is kept under one key of both its ids. */
export function complexKey(complexId: string, attributeId: string): string {
  return `${complexId}/${attributeId}`;
}

/** Attributes that can be sent back with their current value without changing what the card says, safest first. */
export const SAFE_ATTRIBUTES = [ATTRIBUTE.article, ATTRIBUTE.country, ATTRIBUTE.warranty] as const;
