import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { CliFault } from './cli-fault.js';
import type { CommandContext } from './command-context.js';
import { member, numberAt, textAt } from './json-reading.js';
import { showImport } from './show.js';

/** What goes in and out as files. */
export function addDataCommands(context: CommandContext): void {
  const { program, say, tools } = context;
  program
    .command('import <file>')
    .description(say('command.import'))
    .option('--dry-run', say('option.dry-run'))
    .option('--accept', say('option.accept'))
    .action(async (file: string, options: { dryRun?: boolean; accept?: boolean }) => {
      if (!existsSync(file)) throw new CliFault('no-file', { file });
      const asked = `name=${encodeURIComponent(basename(file))}&dry_run=${options.dryRun === true}&accept=${options.accept === true}`;
      const result = await context.hub().upload(`/api/imports?${asked}`, file);
      context.print(result, showImport);
      tools.end(numberAt(result, 'failed') === 0 && member(result, 'held') === undefined ? 0 : 1);
    });
  program
    .command('export')
    .description(say('command.export'))
    .action(() => context.hub().download('/api/export', process.stdout));
  program
    .command('backup <file>')
    .description(say('command.backup'))
    .option('--with-key', say('option.with-key'))
    .action(async (file: string, options: { withKey?: boolean }) => {
      context.print(await tools.backup(file, options.withKey === true), (done) =>
        say('done.backup', { file: textAt(done, 'file'), rows: textAt(done, 'rows'), pictures: textAt(done, 'pictures') }),
      );
    });
  program
    .command('restore <file>')
    .description(say('command.restore'))
    .action(async (file: string) => {
      context.print(await tools.restore(file), (done) =>
        [say('done.restored', { rows: textAt(done, 'rows'), pictures: textAt(done, 'pictures') }), ...(member(done, 'key') === true ? [] : [say('done.restored-keys')])].join(' '),
      );
    });
}
