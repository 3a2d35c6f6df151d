import { createServer, type ServerResponse } from 'node:http';
import { serveCommands } from '../measure/child.js';
import { cabinetAnswer } from './cabinet-answers.js';
import { PageStore } from './page-store.js';

/*
 * A marketplace reduced to the wire: answers are Buffers made before the measurement; of a request only what chooses the
 * answer is looked at.
 */

/** How much of a body is looked at for the filter, the cursor or the first id. */
const HEAD = 300;
let store = new PageStore(0);
let served = 0;
let clock = { now: Date.now(), wall: Date.now(), scale: 1 };
const channelNow = (): number => clock.now + (Date.now() - clock.wall) * clock.scale;

const EMPTY_LIST = Buffer.from('{"result":{"items":[],"last_id":""}}');
const NOT_FOUND = Buffer.from('{"code":5,"message":"products not found","details":[]}');

function cursorOf(head: string): number {
  return Number(/"last_id":"(\d*)"/.exec(head)?.[1] ?? 0);
}

function answer(path: string, body: string): Buffer | undefined {
  const head = body.slice(0, HEAD);
  const whole = head.includes('"visibility":"ALL"');
  const firstId = Number(/"product_id":\["?(\d+)/.exec(head)?.[1] ?? -1);
  switch (path) {
    case '/v3/product/list':
      return whole ? store.page(cursorOf(head))?.list : EMPTY_LIST;
    case '/v4/product/info/attributes':
      return whole ? store.page(cursorOf(head))?.content : undefined;
    case '/v3/product/info/list':
      return store.pageOf(firstId)?.info;
    case '/v4/product/info/stocks':
      return store.pageOf(firstId)?.stock;
    default:
      return cabinetAnswer(path);
  }
}

function send(response: ServerResponse, status: number, body: Buffer): void {
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': body.length });
  response.end(body);
}

const server = createServer((request, response) => {
  if (request.url === '/clock') {
    send(response, 200, Buffer.from(JSON.stringify({ now: channelNow(), scale: clock.scale })));
    return;
  }
  let body = '';
  request.setEncoding('latin1');
  request.on('data', (chunk: string) => {
    if (body.length < HEAD) body += chunk;
  });
  request.on('end', () => {
    const found = answer(request.url ?? '', body);
    served += 1;
    send(response, found ? 200 : 404, found ?? NOT_FOUND);
  });
});
server.keepAliveTimeout = 60_000;

serveCommands({
  async open(cards: number) {
    store = new PageStore(cards);
    if (!server.listening) await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    return { port: typeof address === 'object' && address !== null ? address.port : 0, pages: store.count };
  },
  change: (round: number) => store.change(round),
  served: () => served,
  pace: (scale: number) => {
    clock = { now: channelNow(), wall: Date.now(), scale };
  },
});
