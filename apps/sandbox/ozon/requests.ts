import type { AttributeInput } from './attributes.js';

/** Bodies of the write methods, as the channel's specification gives them; every member is checked again when used. */

export interface ImportItem {
  offer_id?: string;
  name?: string;
  description_category_id?: number;
  new_description_category_id?: number;
  type_id?: number;
  price?: string;
  old_price?: string;
  vat?: string;
  currency_code?: string;
  barcode?: string;
  depth?: number;
  width?: number;
  height?: number;
  dimension_unit?: string;
  weight?: number;
  weight_unit?: string;
  images?: string[];
  primary_image?: string;
  color_image?: string;
  attributes?: AttributeInput[];
  complex_attributes?: { attributes?: AttributeInput[] }[];
  pdf_list?: { index?: number; name?: string; src_url?: string }[];
}

export interface AttributesItem {
  offer_id?: string;
  attributes?: AttributeInput[];
}

export interface PicturesItem {
  offer_id?: string;
  images?: string[];
  primary_image?: string;
  color_image?: string;
}

export type TaskItem = ImportItem & AttributesItem & PicturesItem;
