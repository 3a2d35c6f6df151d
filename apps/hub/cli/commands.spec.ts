import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { CommanderError } from 'commander';
import { loadConfig } from '#platform';
import type { Language } from '../texts/language.js';
import { CliFault } from './cli-fault.js';
import { languageOfCommand, sayIn, usageText } from './cli-texts.js';
import { buildCommands } from './commands.js';

function program(language: Language) {
  return buildCommands({
    config: () => loadConfig({ env: { DATA_DIR: '/nonexistent/etalon' } }),
    language,
    say: sayIn(language),
    out: () => undefined,
    files: new PassThrough(),
    backup: () => Promise.resolve({}),
    restore: () => Promise.resolve({}),
    end: () => undefined,
  });
}

async function faultOf(language: Language, ...words: string[]): Promise<unknown> {
  return program(language)
    .parseAsync(['node', 'etalon', ...words])
    .then(
      () => undefined,
      (error: unknown) => error,
    );
}

describe('the language of a command', () => {
  it.each([
    [['status'], {}, 'ru'],
    [['status'], { LANG: 'en_GB.UTF-8' }, 'en'],
    [['status'], { LANG: 'C.UTF-8' }, 'ru'],
    [['status'], { LC_ALL: 'zh_CN.UTF-8', LANG: 'en_US.UTF-8' }, 'zh'],
    [['--lang', 'en', 'status'], { LANG: 'zh_CN' }, 'en'],
    [['status', '--lang=zh'], {}, 'zh'],
  ])('%j with %j is %s', (argv, env, language) => {
    expect(languageOfCommand(argv, env)).toBe(language);
  });
});

describe('help', () => {
  it.each([
    ['ru', /Команды:[\s\S]*сколько карточек в каком состоянии/],
    ['en', /Commands:[\s\S]*how many cards are in which state/],
    ['zh', /命令：[\s\S]*各状态的卡片数量/],
  ] as const)('in %s is whole', (language, text) => {
    const help = program(language).helpInformation();
    expect(help).toMatch(text);
    // A key that has no text is shown as it is.
    expect(help).not.toMatch(/\b(command|option|heading)\.[a-z]/);
    for (const command of program(language).commands) expect(command.helpInformation()).not.toMatch(/\b(command|option|heading)\.[a-z]/);
  });
});

describe('a command that is not understood', () => {
  it.each([
    [['sttus'], 'Команды sttus нет.'],
    [['diff'], 'Не хватает: sku.'],
    [['status', '--no-such'], 'Параметра --no-such нет.'],
    [['account', 'add', 'ozon', '--title'], 'После --title <title> нужно значение.'],
  ])('%j is told so', async (words, text) => {
    const error = await faultOf('ru', ...words);
    expect(error).toBeInstanceOf(CommanderError);
    expect(usageText(error as CommanderError, sayIn('ru')).split('\n')[0]).toBe(text);
  });

  it('never says a secret back', async () => {
    const error = await faultOf('ru', 'account', 'add', 'ozon', '--set', '=s3cret-value');
    expect(error).toBeInstanceOf(CliFault);
    expect(JSON.stringify(error)).not.toContain('s3cret');
  });

  it('without a running hub names the remedy', async () => {
    expect(await faultOf('ru', 'status')).toMatchObject({ code: 'not-running' });
    expect(sayIn('en')('fault.not-running.remedy')).toContain('npm start');
  });
});
