import fastify from 'fastify';
import pino, { type Logger } from 'pino';
import { serveControl } from './control/serve-control.js';
import type { MarketKind } from './market.js';
import { openSandbox } from './sandbox.js';

export interface StartOptions {
  /** 0 takes any free port. */
  port: number;
  dataDir: string;
  seed?: string | number;
  /** How many times faster than wall time channel time runs; 20 when absent. Only used on a fresh data folder. */
  scale?: number;
  logger?: Logger;
  host?: string;
  /** The first one's control surface also answers under `/_control`. */
  markets: readonly MarketKind[];
}

export interface RunningSandbox {
  url: string;
  close: () => Promise<void>;
}

/** Starts the markets on one port and answers once they listen. Throws when the port is taken or the folder is not usable. */
export async function startSandbox(options: StartOptions): Promise<RunningSandbox> {
  const logger = options.logger ?? pino({ level: 'silent' });
  const host = options.host ?? '127.0.0.1';
  let url = '';
  const sandbox = openSandbox({ dataDir: options.dataDir, seed: String(options.seed ?? 1), scale: options.scale ?? 20, logger, baseUrl: () => url }, options.markets);
  const app = fastify({
    forceCloseConnections: true,
    bodyLimit: 20 * 1024 * 1024,
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false, useDefaults: false, strict: false, allErrors: false } },
  });
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    try {
      done(null, body === '' ? {} : JSON.parse(String(body)));
    } catch {
      done(Object.assign(new Error('invalid JSON body'), { statusCode: 400 }));
    }
  });
  app.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) logger.error({ err: error }, 'request failed');
    void reply.code(status).send({ code: status === 400 ? 3 : 13, message: error.message, details: [] });
  });
  for (const { market } of sandbox.markets) market.routes(app);
  serveControl(app, sandbox);
  try {
    await app.listen({ port: options.port, host });
  } catch (error) {
    await sandbox.close();
    throw error;
  }
  const address = app.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;
  url = `http://${host}:${port}`;
  logger.info({ url }, 'sandbox listens');
  return {
    url,
    close: async () => {
      await app.close();
      await sandbox.close();
    },
  };
}
