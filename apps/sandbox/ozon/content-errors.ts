import type { CardError } from './model.js';

/** Texts of the errors that an import or a card may carry. */
const MESSAGES: Record<string, string> = {
  item_limit_exceeded: 'Превышен лимит на создание или обновление товаров',
  error_attribute_values_empty: 'Не заполнен обязательный атрибут',
  error_attribute_values_out_of_range: 'Значение не из справочника',
  erased_attribute_value: 'Значение атрибута не подошло и было удалено',
  ATTRIBUTE_VALUE_COUNT_EXCEEDED: 'Слишком много значений атрибута',
  missing_dimension: 'Не указаны размеры или вес',
  EMPTY_REQUIRED: 'Не заполнено обязательное поле',
  description_category_invalid: 'Категория не найдена',
  description_category_has_no_description_type: 'Тип не относится к категории',
  vat_invalid: 'Неверная ставка НДС',
  name_too_long: 'Название длиннее 255 символов',
  all_image_failed: 'Не удалось загрузить ни одного изображения',
  some_image_failed: 'Часть изображений не загрузилась',
  old_price_less_than_price: 'Старая цена должна быть больше цены',
  price_is_negative: 'Не указана цена',
  currency_differs: 'Валюта отличается от валюты кабинета',
  offer_not_found: 'Товар не найден',
  DESCRIPTION_DECLINE: 'Описание отклонено модератором',
  internal_error: 'Внутренняя ошибка, попробуйте позже',
  stale_update: 'Последнее обновление товара не применилось',
};

export function contentError(code: string, over: Partial<CardError> = {}): CardError {
  return {
    code,
    level: 'ERROR_LEVEL_ERROR',
    state: 'imported',
    field: '',
    attributeId: 0,
    attributeName: '',
    message: MESSAGES[code] ?? code,
    ...over,
  };
}

export function warning(code: string, over: Partial<CardError> = {}): CardError {
  return contentError(code, { level: 'ERROR_LEVEL_WARNING', ...over });
}

/** The item error of a task answer. */
export function taskErrorView(error: CardError): object {
  return {
    code: error.code,
    message: error.message,
    state: error.state,
    level: error.level === 'ERROR_LEVEL_ERROR' ? 'error' : 'warning',
    description: error.message,
    field: error.field,
    attribute_id: error.attributeId,
    attribute_name: error.attributeName,
  };
}
