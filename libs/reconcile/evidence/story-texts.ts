import type { LocalText } from '#channels/contract';
import type { Locale } from './story-names.js';

const text = (ru: string, en: string, zh: string): LocalText => ({ ru, en, zh });

/** What a line of a card's story says; {name} is filled from the line's parameters. */
export const STORY_TEXTS = {
  'drift.noticed': text('Замечено отклонение: {driftKind} ({cause})', 'Drift noticed: {driftKind} ({cause})', '发现偏差：{driftKind}（{cause}）'),
  'drift.noticed.partner': text(
    'Замечено отклонение: {driftKind}, показано содержимое {partners} ({cause})',
    'Drift noticed: {driftKind}, shows {partners} ({cause})',
    '发现偏差：{driftKind}，显示 {partners} 的内容（{cause}）',
  ),
  'drift.again': text('Отклонение повторилось ({repeats}-й раз)', 'Drifted again (time {repeats})', '再次出现偏差（第 {repeats} 次）'),
  'drift.healed': text('Исправлено: канал снова показывает эталон', 'Healed: the channel shows the master value again', '已恢复：渠道再次显示标准内容'),
  'drift.held': text('Исправление остановлено: {hold}', 'Repair held: {hold}', '修复被暂停：{hold}'),
  'drift.ignored': text('Различие не исправляем — {author}: {reason}', 'Ignored by {author}: {reason}', '{author} 选择忽略：{reason}'),
  'push.intent': text('Готова отправка: {facets}', 'Push prepared: {facets}', '准备发送：{facets}'),
  'push.intent.revision': text(
    'Готова отправка: {facets}; версия {revision}, автор {author}',
    'Push prepared: {facets}; revision {revision} by {author}',
    '准备发送：{facets}；版本 {revision}，作者 {author}',
  ),
  'push.answer.accepted': text('Канал принял запрос, номер задачи {receipt}', 'The channel accepted it, task {receipt}', '渠道已接受，任务 {receipt}'),
  'push.answer.refused': text('Канал отклонил запрос', 'The channel refused it', '渠道拒绝'),
  'push.answer.unsure': text('Ответ канала потерян: {why}', 'The answer was lost: {why}', '渠道应答丢失：{why}'),
  'push.confirmed': text('Канал сообщил о завершении задачи', 'The channel reports the task done', '渠道报告任务完成'),
  'push.verified': text('Отправленное видно на канале', 'What was sent is seen on the channel', '渠道上已显示所发送的内容'),
  'push.refused': text('Канал отклонил значения: {reasons}', 'The channel declined values: {reasons}', '渠道拒绝了数值：{reasons}'),
  'push.unknown': text('Исход отправки неизвестен: {why}', 'The outcome is unknown: {why}', '发送结果未知：{why}'),
  'push.readback.applied': text('Перечитали карточку: запись применилась', 'Read back: the write was applied', '重新读取：写入已生效'),
  'push.readback.not-applied': text('Перечитали карточку: запись не применилась', 'Read back: the write was not applied', '重新读取：写入未生效'),
  'push.readback.another-value': text('Перечитали карточку: там третье значение', 'Read back: a third value is there', '重新读取：出现第三个值'),
  'push.intent.file': text(
    'Готова отправка: {facets}; версия {revision} из файла «{file}», автор {author}',
    'Push prepared: {facets}; revision {revision} from the file “{file}” by {author}',
    '准备发送：{facets}；版本 {revision}，来自文件“{file}”，作者 {author}',
  ),
  'floor.intent': text('Защита минимальной цены кончается {ends}: продлеваем', 'The floor of the price ends {ends}: renewing it', '最低价保护将于 {ends} 到期：正在续期'),
  'floor.intent.gone': text(
    'Защита минимальной цены на канале не действует: включаем',
    'The floor of the price does not hold on the channel: renewing it',
    '渠道上最低价保护未生效：正在启用',
  ),
  'floor.renewed': text('Минимальная цена защищена до {until}', 'The floor of the price holds until {until}', '最低价保护有效至 {until}'),
  'policy.approved': text('{author} одобрил: {facets}', '{author} approved: {facets}', '{author} 已批准：{facets}'),
  'policy.retried': text('{author} велел попробовать снова: {facets}', '{author} asked to try again: {facets}', '{author} 要求重试：{facets}'),
  'policy.ignore-rule': text('{author} завёл правило «пропускать»: {facets}', '{author} made a rule to ignore: {facets}', '{author} 建立了忽略规则：{facets}'),
  'policy.ignore-rule.ended': text(
    'Правило «пропускать» изменено или снято ({author}): {facets}',
    'The rule to ignore was changed or ended ({author}): {facets}',
    '忽略规则已更改或取消（{author}）：{facets}',
  ),
  'policy.frozen': text('{author} придержал карточку', '{author} froze the card', '{author} 保留了卡片'),
  'policy.thawed': text('{author} снова разрешил менять карточку', '{author} thawed the card', '{author} 解除了卡片的保留'),
  'policy.changed': text('{author} изменил правило «{what}»', '{author} changed the rule “{what}”', '{author} 更改了规则“{what}”'),
  'account.changed': text('{author} изменил кабинет: {what}', '{author} changed the account: {what}', '{author} 更改了账户：{what}'),
  'card.matched': text('Карточка {key} связана с товаром {sku}: {author}', 'Card {key} was joined to product {sku}: {author}', '卡片 {key} 已与商品 {sku} 关联：{author}'),
  'card.unmatched': text(
    'Карточка {key} отвязана от товара {sku}: {author}',
    'Card {key} was taken apart from product {sku}: {author}',
    '卡片 {key} 已与商品 {sku} 解除关联：{author}',
  ),
  'brake.pulled': text('Сработал стоп-кран: {count} из {of}', 'Brake pulled: {count} of {of}', '触发制动：{of} 中的 {count}'),
  'case.opened': text('Открыто обращение {caseId}: {hold}', 'Case {caseId} opened: {hold}', '已建立事件 {caseId}：{hold}'),
  'case.closed': text('{author} закрыл обращение {caseId}: {reason}', '{author} closed case {caseId}: {reason}', '{author} 关闭了事件 {caseId}：{reason}'),
  'case.closed.approved': text(
    '{author} разрешил исправление и закрыл обращение {caseId}',
    '{author} allowed the repair and closed case {caseId}',
    '{author} 允许修复并关闭了事件 {caseId}',
  ),
  'restore.done': text('{author} восстановил данные из копии {from}', '{author} restored the backup {from}', '{author} 从备份 {from} 恢复'),
  'head.accepted': text(
    '{author} признал потерю записей до {lost}: {reason}',
    '{author} accepted that records up to {lost} are lost: {reason}',
    '{author} 已确认 {lost} 之前的记录丢失：{reason}',
  ),
  'evidence.pruned': text('Удалены тела старых записей: {bodies}', 'Old bodies pruned: {bodies}', '已清理旧记录正文：{bodies}'),
  pruned: text('Запись {kind}: тело удалено по сроку хранения, отпечаток сохранён', 'Entry {kind}: body pruned, digest kept', '记录 {kind}：正文已清理，摘要保留'),
  'row.drift': text('Отклонение {driftKind} (из журнала отклонений)', 'Drift {driftKind} (from the list of drifts)', '偏差 {driftKind}（来自偏差列表）'),
  'row.push': text('Отправка {operation}: {phase} (из журнала отправок)', 'Push {operation}: {phase} (from the list of pushes)', '发送 {operation}：{phase}（来自发送列表）'),
} as const satisfies Readonly<Record<string, LocalText>>;

export type StoryTextKey = keyof typeof STORY_TEXTS;

export interface StoryText {
  readonly key: StoryTextKey;
  readonly params: Readonly<Record<string, string | number>>;
}

export function fillText(template: LocalText, params: Readonly<Record<string, string | number>>, locale: Locale): string {
  return template[locale].replace(/\{(\w+)\}/g, (_whole, name: string) => String(params[name] ?? '—'));
}
