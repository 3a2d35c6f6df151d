import 'reflect-metadata';
import { CommanderError } from 'commander';
import { describeFatalStart, errorText, FatalStartError, loadConfig } from '#platform';
import { backupTo } from './backup/backup.js';
import { restoreFrom } from './backup/restore.js';
import { buildCommands } from './cli/commands.js';
import { CliFault } from './cli/hub-client.js';

/** 0: all is well; 1: something else was found; 2: a wrong command, or the hub does not answer. */
async function run(): Promise<number> {
  let code: 0 | 1 | 2 = 0;
  const program = buildCommands({
    config: () => loadConfig(),
    out: (text) => void process.stdout.write(`${text}\n`),
    backup: (file, withKey) => backupTo(loadConfig(), file, { withKey }),
    restore: (file) => restoreFrom(loadConfig(), file),
    end: (outcome) => (code = outcome),
  });
  try {
    await program.parseAsync(process.argv);
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    process.stderr.write(
      error instanceof FatalStartError
        ? `${describeFatalStart(error)}\n`
        : error instanceof CliFault
          ? `${error.message}\n${error.remedy === undefined ? '' : `→ ${error.remedy}\n`}`
          : `${errorText(error)}\n`,
    );
    return 2;
  }
}

process.exitCode = await run();
