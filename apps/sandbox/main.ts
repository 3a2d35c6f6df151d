import { parseArgs } from 'node:util';
import pino from 'pino';
import { describeMarket } from './describe-market.js';
import { MARKETS } from './markets.js';
import { startSandbox } from './start.js';

const USAGE = 'usage: sandbox --port N --data DIR [--seed S] [--scale 20] [--log-level info] [--until-stdin-closes] | --describe MARKET';

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      data: { type: 'string' },
      seed: { type: 'string', default: '1' },
      scale: { type: 'string', default: '20' },
      'log-level': { type: 'string', default: 'warn' },
      'until-stdin-closes': { type: 'boolean', default: false },
      describe: { type: 'string' },
    },
  });
  if (values.describe !== undefined) {
    process.stdout.write(`${JSON.stringify(await describeMarket(values.describe), null, 2)}\n`);
    return;
  }
  const port = Number(values.port);
  const scale = Number(values.scale);
  if (!values.data || !Number.isInteger(port) || port < 0 || port > 65535 || !Number.isFinite(scale) || scale < 0) {
    throw new Error(USAGE);
  }
  const logger = pino({ level: values['log-level'], name: 'sandbox' }, pino.destination(2));
  const running = await startSandbox({ port, dataDir: values.data, seed: values.seed, scale, logger, markets: MARKETS });
  process.stdout.write(`${JSON.stringify({ listening: running.url })}\n`);
  let closing = false;
  const stop = (): void => {
    if (closing) return;
    closing = true;
    void running.close().then(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  // The starter holds the other end: it closes when the starter dies, however that happens.
  if (values['until-stdin-closes']) process.stdin.resume().once('close', stop);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(2);
});
