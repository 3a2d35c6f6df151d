import assert from 'node:assert/strict';
import type { Delivery } from '#channels/contract';
import type { Duty } from './duty.js';

/** One bit of the body is another. */
function bent({ headers, body }: Delivery): Delivery {
  const changed = Uint8Array.from(body);
  changed[changed.length >> 1] = (changed[changed.length >> 1] ?? 0) ^ 1;
  return { headers, body: changed };
}

export const forgedHints: Duty = {
  name: 'a forged word of a change is not heard',
  skip: (bench) => (bench.driver.module.hints === undefined ? 'it tells of no change by itself' : undefined),
  async check(bench) {
    const { driver } = bench;
    const { hints } = driver.module;
    assert.ok(hints && driver.hints, 'the driver delivers nothing');
    const { secret, deliver } = driver.hints;
    const [key = '', other = ''] = driver.cards;
    const { externalId } = await bench.card(key);
    const genuine = deliver(key, externalId);
    const heard = hints.read(genuine, secret);
    assert.ok(heard.kind === 'cards', 'a genuine delivery is not heard');
    assert.ok(
      heard.cards.some((name) => ('key' in name ? name.key === key : 'externalId' in name && name.externalId === externalId)),
      `a delivery about ${key} does not name it: ${JSON.stringify(heard.cards)}`,
    );
    const forgeries: Readonly<Record<string, Delivery>> = {
      'a body that was changed on the way': bent(genuine),
      'the signature of another delivery': { headers: genuine.headers, body: deliver(other, '1').body },
      'a delivery without any header': { headers: {}, body: genuine.body },
      'an empty body': { headers: genuine.headers, body: new Uint8Array() },
    };
    for (const [what, forgery] of Object.entries(forgeries)) assert.equal(hints.read(forgery, secret).kind, 'forged', what);
    assert.equal(hints.read(genuine, `${secret}x`).kind, 'forged', 'a delivery signed with another secret');
  },
};

export const HINTS: readonly Duty[] = [forgedHints];
