/** Fields of the API by the facet they hold. */
const FACET_OF_FIELD: Readonly<Record<string, string>> = {
  name: 'title',
  description: 'description',
  images: 'media',
  image: 'media',
  categories: 'category',
  attributes: 'attributes',
  dimensions: 'dimensions',
  weight: 'dimensions',
  global_unique_id: 'barcodes',
  status: 'presence',
  catalog_visibility: 'presence',
  regular_price: 'price',
  sale_price: 'price',
  date_on_sale_from_gmt: 'price',
  date_on_sale_to_gmt: 'price',
  stock_quantity: 'stock',
  manage_stock: 'stock',
};

/** Codes that tell the field by themselves. */
const FACET_OF_CODE: Readonly<Record<string, string>> = {
  product_invalid_global_unique_id: 'barcodes',
  product_invalid_global_unique_id_format: 'barcodes',
  woocommerce_product_image_upload_error: 'media',
  woocommerce_variation_image_upload_error: 'media',
  woocommerce_product_invalid_image_id: 'media',
  woocommerce_variation_invalid_image_id: 'media',
};

/** The facet a complaint is about; '' when neither the code nor the field tells. */
export function facetOfField(code: string, field: string | undefined): string {
  return FACET_OF_CODE[code] ?? FACET_OF_FIELD[(field ?? '').replace(/[[.].*$/, '')] ?? '';
}
