import type { CommandContext } from './command-context.js';
import { member, textAt } from './json-reading.js';

/** What goes in and out as files. */
export function addDataCommands(context: CommandContext): void {
  const { program, say, tools } = context;
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
