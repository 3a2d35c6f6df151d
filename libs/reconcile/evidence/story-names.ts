import type { Facet, LocalText } from '#channels/contract';
import type { DriftCause, DriftKind } from '../diff/kinds.js';

export type Locale = keyof LocalText;

const text = (ru: string, en: string, zh: string): LocalText => ({ ru, en, zh });

export const FACET_NAMES: Readonly<Record<Facet, LocalText>> = {
  category: text('Категория', 'Category', '类目'),
  title: text('Название', 'Title', '标题'),
  description: text('Описание', 'Description', '描述'),
  media: text('Фотографии', 'Pictures', '图片'),
  attributes: text('Характеристики', 'Attributes', '属性'),
  dimensions: text('Габариты и вес', 'Size and weight', '尺寸和重量'),
  barcodes: text('Штрихкоды', 'Barcodes', '条形码'),
  presence: text('Наличие карточки', 'Presence', '商品卡片状态'),
  status: text('Доступность к покупке', 'Availability', '可售状态'),
  price: text('Цена', 'Price', '价格'),
  stock: text('Остаток', 'Stock', '库存'),
};

export const KIND_NAMES: Readonly<Record<DriftKind, LocalText>> = {
  swapped: text('содержимое чужой карточки', 'content of another card', '显示了其他商品的内容'),
  gibberish: text('бессмысленный набор символов', 'unreadable text', '乱码'),
  'photo-lost': text('пропала фотография', 'a picture is gone', '图片丢失'),
  'photo-replaced': text('фотография заменена', 'a picture was replaced', '图片被替换'),
  'photo-reordered': text('изменён порядок фотографий', 'pictures were reordered', '图片顺序改变'),
  'category-moved': text('карточка в другой категории', 'moved to another category', '类目被更改'),
  'attribute-lost': text('пропала характеристика', 'an attribute is gone', '属性丢失'),
  'attribute-changed': text('характеристика изменена', 'an attribute was changed', '属性被更改'),
  'text-changed': text('текст изменён', 'the text was changed', '文字被更改'),
  'dimensions-changed': text('изменены габариты или вес', 'size or weight was changed', '尺寸或重量被更改'),
  price: text('другая цена', 'another price', '价格不同'),
  stock: text('другой остаток', 'another stock', '库存不同'),
  'not-buyable': text('товар нельзя купить', 'cannot be bought', '无法购买'),
  missing: text('карточка исчезла', 'the card is missing', '商品卡片消失'),
  orphan: text('карточка без товара в каталоге', 'a card without a product', '目录中无对应商品'),
};

export const CAUSE_NAMES: Readonly<Record<DriftCause, LocalText>> = {
  ours: text('наша последняя запись', 'our last write', '我方最后一次写入'),
  'ours-older': text('вернулась наша прежняя запись', 'an earlier write of ours came back', '我方旧版本重新出现'),
  outside: text('изменено не нами', 'changed by somebody else', '非我方更改'),
  unknown: text('причина не установлена', 'cause not known', '原因未知'),
};
