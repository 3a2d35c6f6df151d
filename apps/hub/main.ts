import 'reflect-metadata';
import { createLogger, FatalStartError, loadConfig, spokenLocale } from '#platform';
import { startDemo } from './demo/start-demo.js';
import { orderedFaults } from './lanes/ordered-faults.js';
import { startJobs } from './jobs/start-jobs.js';
import { startLanes } from './lanes/start-lanes.js';
import { banner } from './start/banner.js';
import { knownChannels } from './start/known-channels.js';
import { type RunningHub, startHub } from './start/start-hub.js';
import { knownLanguage, USUAL_LANGUAGE } from './texts/language.js';
import { startFaultText, unforeseenText } from './texts/start-fault.js';

/** A stop that takes longer is ended the hard way; whatever was lost is found again at the next start. */
const STOP_MS = 10_000;

/** Of whoever sits before the terminal. */
const LANGUAGE = knownLanguage(spokenLocale()) ?? USUAL_LANGUAGE;

async function main(): Promise<void> {
  const config = loadConfig();
  orderedFaults(config);
  const logger = createLogger({ level: config.log.level, name: 'hub' });
  const running: { hub?: RunningHub } = {};
  let asked = false;
  const stop = (signal: string): void => {
    if (asked) return;
    asked = true;
    logger.info({ signal }, 'stopping');
    const hard = setTimeout(() => process.exit(1), STOP_MS);
    hard.unref();
    if (running.hub !== undefined) void running.hub.stop().finally(() => process.exit(0));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  process.on('unhandledRejection', (reason) => logger.error({ err: reason }, 'a promise was rejected and nobody looked'));
  const hub = await startHub({ config, logger, channels: knownChannels(), startLanes, startJobs, startDemo });
  running.hub = hub;
  if (asked) {
    await hub.stop();
    process.exit(0);
  }
  if (config.role !== 'worker') process.stdout.write(banner(hub, config, LANGUAGE));
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof FatalStartError ? startFaultText(error, LANGUAGE) : unforeseenText(error, LANGUAGE)}\n`);
  process.exit(1);
});
