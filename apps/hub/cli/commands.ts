import { basename } from 'node:path';
import { existsSync } from 'node:fs';
import { Command } from 'commander';
import type { AppConfig } from '#platform';
import { CliFault, HubClient } from './hub-client.js';
import { listAt, member, numberAt, textAt } from './json-reading.js';
import { differing, showDiff, showDrifts, showImport, showStatus, showStory, showVerify } from './show.js';

export interface Outcome {
  readonly code: 0 | 1;
}

export interface CliTools {
  readonly config: () => AppConfig;
  readonly out: (text: string) => void;
  readonly backup: (file: string, withKey: boolean) => Promise<object>;
  readonly restore: (file: string) => Promise<object>;
  /** Everything is as it should be (0), or something else was found (1). */
  readonly end: (code: 0 | 1) => void;
}

const MODES = ['observe', 'approve', 'auto'];

function pairs(list: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    list.map((pair) => {
      const at = pair.indexOf('=');
      if (at < 1) throw new CliFault(`"${pair.slice(0, Math.max(at, 20))}" не похоже на ключ=значение.`, 'Пишите так: --set clientId=12345 apiKey=…');
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}

function wellStatus(status: unknown): boolean {
  return numberAt(status, 'in_sync') + numberAt(status, 'ignored') === numberAt(status, 'listings');
}

/** The commands; each prints one answer, as text or as JSON, and ends with 0 or 1. */
export function buildCommands(tools: CliTools): Command {
  const program = new Command('etalon');
  const hub = (): HubClient => new HubClient(tools.config());
  const print = (answer: unknown, show: (answer: unknown) => string): void => tools.out(program.opts<{ json?: boolean }>().json === true ? JSON.stringify(answer) : show(answer));
  const accountOf = async (client: HubClient, name: string | undefined): Promise<readonly unknown[]> => {
    const accounts = listAt(await client.get('/api/accounts'), 'items');
    const chosen = name === undefined ? accounts : [await client.get(`/api/accounts/${encodeURIComponent(name)}`)];
    if (chosen.length === 0) throw new CliFault('Аккаунтов ещё нет.', 'Добавьте: account add <канал> --set ключ=значение');
    return chosen;
  };
  const onAccounts = async (name: string | undefined, act: (client: HubClient, id: string) => Promise<unknown>): Promise<unknown[]> => {
    const client = hub();
    return Promise.all((await accountOf(client, name)).map((account) => act(client, textAt(account, 'id'))));
  };

  program.description('Эталон: один каталог, и карточки всех каналов равны ему').option('--json', 'ответ в JSON').showHelpAfterError().exitOverride();

  program
    .command('status')
    .description('сколько карточек в каком состоянии')
    .action(async () => {
      const status = await hub().get('/api/status');
      print(status, showStatus);
      tools.end(wellStatus(status) ? 0 : 1);
    });
  program
    .command('drift')
    .description('расхождения, которые ещё не закрыты')
    .option('--kind <вид>')
    .option('--limit <n>', 'сколько показать', '100')
    .action(async (options: { kind?: string; limit: string }) => {
      const kind = options.kind === undefined ? '' : `&kind=${encodeURIComponent(options.kind)}`;
      const page = await hub().get(`/api/drifts?limit=${encodeURIComponent(options.limit)}${kind}`);
      print(page, showDrifts);
      tools.end(listAt(page, 'items').length === 0 ? 0 : 1);
    });
  program
    .command('diff <sku>')
    .description('эталон и канал рядом')
    .action(async (sku: string) => {
      const answer = await hub().get(`/api/diff/${encodeURIComponent(sku)}`);
      print(answer, showDiff);
      tools.end(differing(answer).length === 0 ? 0 : 1);
    });
  program
    .command('explain <sku>')
    .description('история карточки')
    .action(async (sku: string) => {
      print(await hub().get(`/api/explain/${encodeURIComponent(sku)}`), showStory);
    });
  program
    .command('import <file>')
    .description('загрузить товары из CSV')
    .option('--dry-run', 'только проверить')
    .option('--accept', 'файл сжался или обнуляет много товаров, и так задумано')
    .action(async (file: string, options: { dryRun?: boolean; accept?: boolean }) => {
      if (!existsSync(file)) throw new CliFault(`Файла ${file} нет.`, 'Проверьте путь.');
      const result = await hub().upload(`/api/imports?name=${encodeURIComponent(basename(file))}&dry_run=${options.dryRun === true}&accept=${options.accept === true}`, file);
      print(result, showImport);
      tools.end(numberAt(result, 'failed') === 0 && member(result, 'held') === undefined ? 0 : 1);
    });
  program
    .command('export')
    .description('весь каталог, один товар на строку (JSON)')
    .action(() => hub().download('/api/export', process.stdout));
  program
    .command('sync')
    .description('спланировать, отправить и прочитать сейчас')
    .option('--account <аккаунт>')
    .action(async (options: { account?: string }) => {
      print(await onAccounts(options.account, (client, id) => client.post(`/api/accounts/${id}/sync`)), () => 'Принято: смотрите status.');
    });
  program
    .command('sweep')
    .description('прочитать каналы сейчас')
    .option('--account <аккаунт>')
    .action(async (options: { account?: string }) => {
      print(await onAccounts(options.account, (client, id) => client.post(`/api/accounts/${id}/sweep`)), () => 'Принято: смотрите status.');
    });
  const account = program.command('account').description('аккаунты каналов');
  account
    .command('add <channel>')
    .description('подключить аккаунт; пока вы не скажете иначе, он только наблюдает')
    .option('--title <название>')
    .option('--set <ключ=значение...>', 'поля формы канала', [])
    .action(async (channel: string, options: { title?: string; set: string[] }) => {
      const added = await hub().post('/api/accounts', { channel, credentials: pairs(options.set), ...(options.title === undefined ? {} : { title: options.title }) });
      print(added, (shown) => `Аккаунт ${textAt(shown, 'id')} (${textAt(shown, 'title')}) подключён и пока только наблюдает.`);
    });
  account
    .command('credentials <account>')
    .description('новые ключи подключённого аккаунта')
    .option('--set <ключ=значение...>', 'поля формы канала', [])
    .action(async (name: string, options: { set: string[] }) => {
      print(
        await hub().put(`/api/accounts/${encodeURIComponent(name)}/credentials`, { credentials: pairs(options.set) }),
        (shown) => `Ключи аккаунта ${textAt(shown, 'id')} заменены.`,
      );
    });
  account.command('list').action(async () => {
    print(await hub().get('/api/accounts'), (page) =>
      listAt(page, 'items')
        .map((one) => `${textAt(one, 'id')}  ${textAt(one, 'title')}  ${textAt(one, 'state')}`)
        .join('\n'),
    );
  });
  program
    .command('policy <account> <facet> <mode>')
    .description('observe, approve или auto для одного вида данных или all')
    .action(async (name: string, facet: string, mode: string) => {
      if (!MODES.includes(mode)) throw new CliFault(`Режима "${mode}" нет.`, `Бывают: ${MODES.join(', ')}.`);
      print(await hub().put(`/api/accounts/${encodeURIComponent(name)}/policy/${encodeURIComponent(facet)}`, { mode }), (answer) =>
        Object.entries(Object(member(answer, 'modes')) as Record<string, unknown>)
          .map(([one, set]) => `${one}: ${String(set)}`)
          .join('\n'),
      );
    });
  program
    .command('pause [account]')
    .description('ничего не отправлять; чтение идёт дальше')
    .option('--reason <почему>', 'почему', 'из командной строки')
    .action(async (name: string | undefined, options: { reason: string }) => {
      print(await onAccounts(name, (client, id) => client.post(`/api/accounts/${id}/pause`, { reason: options.reason })), () => 'Отправка остановлена.');
    });
  program
    .command('resume [account]')
    .description('снова отправлять')
    .action(async (name: string | undefined) => {
      print(await onAccounts(name, (client, id) => client.post(`/api/accounts/${id}/resume`)), () => 'Отправка включена.');
    });
  program
    .command('verify')
    .description('проверить цепочку доказательств')
    .action(async () => {
      const answer = await hub().get('/api/evidence/verify');
      print(answer, showVerify);
      tools.end(member(answer, 'ok') === true ? 0 : 1);
    });
  program
    .command('password <user>')
    .description('новый пароль (если старый забыт)')
    .action(async (name: string) => {
      print(await hub().post('/api/auth/reset-password', { name }), (answer) => `Новый пароль для ${textAt(answer, 'name')}: ${textAt(answer, 'password')}`);
    });
  program
    .command('backup <file>')
    .description('сохранить базу и картинки в один файл; хаб может работать')
    .option('--with-key', 'вместе с ключом, которым зашифрованы ключи каналов')
    .action(async (file: string, options: { withKey?: boolean }) =>
      print(
        await tools.backup(file, options.withKey === true),
        (done) => `Сохранено в ${textAt(done, 'file')}: строк ${textAt(done, 'rows')}, картинок ${textAt(done, 'pictures')}.`,
      ),
    );
  program
    .command('restore <file>')
    .description('вернуть из файла в пустую папку данных; хаб должен быть остановлен')
    .action(async (file: string) =>
      print(
        await tools.restore(file),
        (done) => `Возвращено: строк ${textAt(done, 'rows')}, картинок ${textAt(done, 'pictures')}.${member(done, 'key') === true ? '' : ' Ключи каналов нужно ввести заново.'}`,
      ),
    );
  addJsonEverywhere(program);
  return program;
}

/** `--json` is taken before the command and behind it alike. */
function addJsonEverywhere(program: Command): void {
  const walk = (command: Command): void => {
    for (const sub of command.commands) {
      sub.exitOverride().showHelpAfterError().option('--json', 'ответ в JSON');
      sub.hook('preAction', (_this, action) => {
        if (action.opts<{ json?: boolean }>().json === true) program.setOptionValue('json', true);
      });
      walk(sub);
    }
  };
  walk(program);
}
