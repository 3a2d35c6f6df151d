import type { LocalText } from '#channels/contract';

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
  woocommerce_product_image_upload_error: 'media',
  woocommerce_variation_image_upload_error: 'media',
  woocommerce_product_invalid_image_id: 'media',
  woocommerce_variation_invalid_image_id: 'media',
};

/** The facet a complaint is about; '' when neither the code nor the field tells. */
export function facetOfField(code: string, field: string | undefined): string {
  return FACET_OF_CODE[code] ?? FACET_OF_FIELD[(field ?? '').replace(/[[.].*$/, '')] ?? '';
}

/** What every code of this channel says to a person. `{name}` stands for a parameter. */
export const WOOCOMMERCE_TEXTS: Readonly<Record<string, LocalText>> = {
  'woocommerce.refused': {
    ru: 'Сайт отказал: {message} ({code})',
    en: 'The site refused: {message} ({code})',
    zh: '网站拒绝：{message}（{code}）',
  },
  'woocommerce.reference-missing': {
    ru: 'С сайта ещё не прочитано: {key}. Подождите следующего чтения или проверьте ключ API',
    en: 'Not read from the site yet: {key}. Wait for the next reading or check the API key',
    zh: '尚未从网站读取：{key}。请等待下次读取或检查 API 密钥',
  },
  'woocommerce.title-required': { ru: 'Нет названия', en: 'There is no title', zh: '没有标题' },
  'woocommerce.category-required': { ru: 'Не указана категория', en: 'There is no category', zh: '没有指定分类' },
  'woocommerce.category-unknown': {
    ru: 'На сайте нет категории с номером {id}: выберите другую в правилах аккаунта',
    en: 'The site has no category with the id {id}: choose another one in the rules of the account',
    zh: '网站上没有编号为 {id} 的分类：请在账户规则中选择其他分类',
  },
  'woocommerce.sku-comma': {
    ru: 'Запятая в артикуле «{sku}»: WooCommerce ищет артикулы списком через запятую и такой не найдёт. Уберите запятую',
    en: 'A comma in the SKU "{sku}": WooCommerce looks SKUs up as a comma-separated list and will not find it. Remove the comma',
    zh: 'SKU“{sku}”中有逗号：WooCommerce 以逗号分隔列表查找 SKU，将找不到它。请去掉逗号',
  },
  'woocommerce.price-required': { ru: 'Нет цены', en: 'There is no price', zh: '没有价格' },
  'woocommerce.currency-differs': {
    ru: 'Цена в {given}, а магазин торгует в {shop}: WooCommerce хранит одну валюту. Укажите цену в {shop}',
    en: 'The price is in {given}, the shop trades in {shop}: WooCommerce holds one currency. Give the price in {shop}',
    zh: '价格为 {given}，而商店使用 {shop}：WooCommerce 只保存一种货币。请以 {shop} 填写价格',
  },
  'woocommerce.old-price-lower': {
    ru: 'Старая цена {old} не выше новой {price} (в копейках): сайт её не показал бы, она не отправляется',
    en: 'The old price {old} is not above the new one {price} (minor units): the site would not show it, it is not sent',
    zh: '原价 {old} 不高于现价 {price}（最小货币单位）：网站不会显示，因此不发送',
  },
  'woocommerce.barcode-not-gtin': {
    ru: 'Штрихкод «{code}» не из одних цифр: сайт сохранил бы пустое поле, он не отправляется',
    en: 'The barcode "{code}" is not digits only: the site would keep an empty field, it is not sent',
    zh: '条码“{code}”不全是数字：网站会保存为空，因此不发送',
  },
  'woocommerce.barcodes-cut': {
    ru: 'У товара на сайте одно поле для штрихкода: отправляется {kept} из {given}',
    en: 'A product of the site has one field for a barcode: {kept} is sent out of {given}',
    zh: '网站商品只有一个条码字段：{given} 个中发送 {kept}',
  },
  'woocommerce.value-bar': {
    ru: 'Черта «|» в значении «{name}» разделила бы его надвое: заменена на «/»',
    en: 'The bar "|" in the value of "{name}" would split it in two: replaced by "/"',
    zh: '“{name}”值中的竖线“|”会把它分成两个：已替换为“/”',
  },
  'woocommerce.axis-missing': {
    ru: 'Варианты модели {model} различаются по «{name}», а значения нет: покупатель не смог бы выбрать товар',
    en: 'Variants of the model {model} differ by "{name}", which has no value: a buyer could not choose this one',
    zh: '款式 {model} 的变体按“{name}”区分，但没有值：买家将无法选择',
  },
  'woocommerce.axis-several': {
    ru: 'У варианта по «{name}» может быть одно значение, дано {given}: взято первое',
    en: 'A variant has one value of "{name}", {given} were given: the first is taken',
    zh: '变体的“{name}”只能有一个值，给出了 {given} 个：取第一个',
  },
  'woocommerce.variants-disagree': {
    ru: 'Варианты одного товара спорят о «{field}»: на сайте оно у них общее. Сделайте значение одинаковым у всех вариантов',
    en: 'Variants of one product disagree on "{field}", which the site holds once for all of them. Make it equal in all variants',
    zh: '同一商品的变体在“{field}”上不一致，而网站对它们只保存一份。请使所有变体一致',
  },
  'woocommerce.sku-of-another-kind': {
    ru: 'Код модели {model} занят на сайте обычным товаром: переименуйте модель или удалите тот товар',
    en: 'The model code {model} is the SKU of a product of another kind on the site: rename the model or remove that product',
    zh: '款式代码 {model} 在网站上是其他类型商品的 SKU：请重命名款式或删除该商品',
  },
  'woocommerce.no-public-picture': {
    ru: 'Сайт не сможет скачать фотографию: её адрес не виден снаружи (PUBLIC_MEDIA_URL)',
    en: 'The site cannot fetch the picture: its address cannot be reached from outside (PUBLIC_MEDIA_URL)',
    zh: '网站无法下载图片：其地址无法从外部访问（PUBLIC_MEDIA_URL）',
  },
  'woocommerce.not-created': { ru: 'Карточки на сайте ещё нет', en: 'The product is not on the site yet', zh: '网站上还没有该商品' },
  'woocommerce.nothing-to-send': { ru: 'Нечего отправлять: нет значения поля', en: 'There is nothing to send: the field has no value', zh: '没有可发送的内容：字段没有值' },
  'woocommerce.plain-http': {
    ru: 'Сайт открыт по http: запросы подписываются, но содержимое видно по дороге. Включите https',
    en: 'The site is on http: requests are signed, but anybody on the way can read them. Switch https on',
    zh: '网站使用 http：请求已签名，但途中可被读取。请启用 https',
  },
  'woocommerce.key-refused': {
    ru: 'Сайт не принимает ключ: {message}. Проверьте ключ и права «чтение и запись» в WooCommerce → Настройки → Дополнительно → REST API',
    en: 'The site does not accept the key: {message}. Check the key and its "read/write" permission in WooCommerce → Settings → Advanced → REST API',
    zh: '网站不接受密钥：{message}。请在 WooCommerce → 设置 → 高级 → REST API 中检查密钥及“读/写”权限',
  },
  'woocommerce.no-api': {
    ru: 'По этому адресу нет API WooCommerce: {message}. Проверьте адрес сайта и включите «красивые» постоянные ссылки',
    en: 'There is no WooCommerce API at this address: {message}. Check the address and switch "pretty" permalinks on',
    zh: '该地址没有 WooCommerce API：{message}。请检查网址并启用固定链接',
  },
};
