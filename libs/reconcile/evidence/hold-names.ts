import type { LocalText } from '#channels/contract';

const text = (ru: string, en: string, zh: string): LocalText => ({ ru, en, zh });

/** Why a repair was held or a case was opened, by the codes of the guards; read in the middle of a sentence. */
export const HOLD_NAMES: Readonly<Record<string, LocalText>> = {
  unauthorised: text('площадка не принимает ключ', 'the channel does not accept the key', '平台不接受密钥'),
  paused: text('кабинет на паузе', 'the account is paused', '账户已暂停'),
  policy: text('поле только наблюдается', 'this field is only observed', '该字段仅观察'),
  approval: text('нужно одобрение', 'it waits for approval', '等待批准'),
  'archive-needs-approval': text('отправка в архив требует одобрения', 'archiving needs approval', '归档需要批准'),
  missing: text('карточка исчезла', 'the card is gone', '卡片已消失'),
  'maybe-exists': text('похожая карточка, возможно, уже есть', 'a card like it may exist already', '可能已有类似卡片'),
  brake: text('сработал стоп-кран', 'the brake was pulled', '已触发制动'),
  'mass-drift': text('слишком много отклонений сразу', 'too many drifts at once', '同时出现过多偏差'),
  flap: text('три исправления за сутки, и снова то же', 'three repairs in a day and again the same', '一天内修复三次仍反复'),
  'pictures-unreachable': text('площадка не может скачать наши фотографии', 'the channel cannot fetch our pictures', '平台无法获取我方图片'),
  'not-writable': text('площадка не даёт изменить это через API', 'the channel lets nobody set this by its API', '平台不允许通过 API 修改'),
  orphan: text('карточки нет в каталоге', 'the catalog does not know this card', '目录中没有此卡片'),
  archived: text('карточка в архиве', 'the card is archived', '卡片已归档'),
  hidden: text('карточка скрыта площадкой', 'the channel hides the card', '平台隐藏了卡片'),
  'no-price': text('нет цены', 'there is no price', '无价格'),
  'no-stock': text('нет остатка', 'there is no stock', '无库存'),
  'not-created': text('карточка ещё создаётся', 'the card is still being made', '卡片仍在创建中'),
  'price-quarantine': text('цена в карантине', 'the price is in quarantine', '价格处于隔离'),
  'moderation-pending': text('карточка на модерации', 'the card is in moderation', '卡片审核中'),
  'moderation-declined': text('карточка не прошла модерацию', 'moderation declined the card', '卡片审核未通过'),
  'update-stuck': text('обновление застряло на площадке', 'the update is stuck on the channel', '更新在平台上卡住'),
  'blocked-by-error': text('площадка сообщает об ошибке карточки', 'the channel reports an error of the card', '平台报告卡片错误'),
  unknown: text('площадка не назвала причины', 'the channel did not say why', '平台未说明原因'),
};
