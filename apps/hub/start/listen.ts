import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type AppConfig, errorCode, FatalStartError } from '#platform';

/** Listens where the configuration says and answers the address to open. A worker takes any free port when its own is taken. @throws FatalStartError */
export async function listen(app: NestFastifyApplication, config: AppConfig): Promise<string> {
  const { host, port } = config.http;
  try {
    await app.listen(port, host);
  } catch (error) {
    if (errorCode(error) === 'EADDRINUSE' && config.role === 'worker') await app.listen(0, host);
    else throw explained(error, host, port);
  }
  const address = app.getHttpServer().address();
  const actual = typeof address === 'object' && address !== null ? address.port : port;
  const shown = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  return `http://${shown.includes(':') ? `[${shown}]` : shown}:${actual}`;
}

function explained(error: unknown, host: string, port: number): unknown {
  switch (errorCode(error)) {
    case 'EADDRINUSE':
      return new FatalStartError(`Port ${port} is taken by another program.`, `Stop that program, or start with another port: PORT=${port + 1} npm start.`, {
        cause: error,
        told: { code: 'port-taken', params: { port, next: port + 1 } },
      });
    case 'EACCES':
      return new FatalStartError(`This user may not listen on port ${port}.`, 'Choose a port above 1024: PORT=3000 npm start.', {
        cause: error,
        told: { code: 'port-forbidden', params: { port } },
      });
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new FatalStartError(`The address ${host} is not one of this machine.`, 'Set HOST to 127.0.0.1, or to 0.0.0.0 for all addresses.', {
        cause: error,
        told: { code: 'host-unknown', params: { host } },
      });
    default:
      return error;
  }
}
