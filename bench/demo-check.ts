import { checkDemo } from './demo-check/check-demo.js';
import { type CheckOptions, readOptions } from './demo-check/options.js';

function options(): CheckOptions {
  try {
    return readOptions(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(2);
  }
}

const asked = options();
const { reports, wrong, idleTables, ok } = await checkDemo(asked, (line) => process.stderr.write(`${line}\n`));
if (!ok) {
  for (const [figure, cards] of Object.entries(wrong)) for (const card of cards.slice(0, 50)) process.stderr.write(`${figure}: ${card}\n`);
  for (const table of idleTables) process.stderr.write(`written while idle: ${table}\n`);
}
process.stdout.write(`${JSON.stringify(asked.channel === undefined ? { channels: reports } : reports[0])}\n`);
process.exit(ok ? 0 : 1);
