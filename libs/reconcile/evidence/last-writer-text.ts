import type { LocalText } from '#channels/contract';
import type { LastWriter, LastWriterReason } from './last-writer.js';
import type { Locale } from './story-names.js';
import { fillText } from './story-texts.js';

const text = (ru: string, en: string, zh: string): LocalText => ({ ru, en, zh });

const ANSWERS: Readonly<Record<LastWriterReason, LocalText>> = {
  'last-write': text(
    'Последними писали мы: это значение отправлено нами {sent}',
    'We wrote last: this value was sent by us at {sent}',
    '最后写入的是我方：该值由我方于 {sent} 发送',
  ),
  'older-write': text('Вернулось наше прежнее значение, отправленное {sent}', 'An earlier value of ours came back, sent at {sent}', '我方于 {sent} 发送的旧值重新出现'),
  'nothing-changed': text('После нашей записи изменений не было', 'Nothing changed since our write', '自我方写入后没有变化'),
  'changed-after-verified': text(
    'Последними писали не мы: наше значение отправлено {sent}, на канале подтверждено чтением {verified}, а {changed} там было уже другое; между этим мы ничего не отправляли',
    'Somebody else wrote last: our value was sent at {sent}, read back on the channel at {verified}, and at {changed} another one was there; we sent nothing in between',
    '最后写入的不是我方：我方于 {sent} 发送，{verified} 在渠道上读取确认，而 {changed} 已变为其他值；期间我方未发送任何内容',
  ),
  'never-written': text('Мы никогда не записывали это поле', 'We never wrote this field', '我方从未写入该字段'),
  'unfinished-write': text(
    'Установить нельзя: исход нашей отправки {sent} неизвестен',
    'It cannot be told: the outcome of our push of {sent} is unknown',
    '无法判断：我方 {sent} 的发送结果未知',
  ),
  'not-verified': text(
    'Установить нельзя: канал принял нашу отправку {sent}, но показанной мы её не видели',
    'It cannot be told: our push of {sent} was accepted but never seen live',
    '无法判断：渠道接受了我方 {sent} 的发送，但未曾显示',
  ),
};

/** The drift was named `outside` because our value had been seen live; when that was, no entry of its own says. */
const SEEN_BEFORE = text(
  'Последними писали не мы: наше значение отправлено {sent} и было видно на канале, а {changed} там было уже другое; между этим мы ничего не отправляли',
  'Somebody else wrote last: our value was sent at {sent} and was seen on the channel, and at {changed} another one was there; we sent nothing in between',
  '最后写入的不是我方：我方于 {sent} 发送且已在渠道上显示，而 {changed} 已变为其他值；期间我方未发送任何内容',
);

const ORIGIN = text('версия {revision}, автор {author}', 'revision {revision} by {author}', '版本 {revision}，作者 {author}');
const FILE = text('файл «{file}»', 'file “{file}”', '文件“{file}”');

/** The answer in one sentence, with the revision, its author and its file. `showTime` writes an ISO time the way the reader expects it. */
export function lastWriterText(answer: LastWriter, locale: Locale, showTime: (iso: string) => string): string {
  const { push, change } = answer;
  const time = (iso: string | undefined): string => (iso === undefined ? '—' : showTime(iso));
  const template = answer.why === 'changed-after-verified' && push?.verifiedAt === undefined ? SEEN_BEFORE : ANSWERS[answer.why];
  const sentence = fillText(template, { sent: time(push?.sentAt), verified: time(push?.verifiedAt), changed: time(change?.at) }, locale);
  const notes = [
    ...(push?.revision === undefined ? [] : [fillText(ORIGIN, { revision: push.revision.revision, author: push.revision.author }, locale)]),
    ...(push?.importFile === undefined ? [] : [fillText(FILE, { file: push.importFile }, locale)]),
  ];
  if (locale === 'zh') return notes.length === 0 ? `${sentence}。` : `${sentence}（${notes.join('，')}）。`;
  return notes.length === 0 ? `${sentence}.` : `${sentence} (${notes.join(', ')}).`;
}
