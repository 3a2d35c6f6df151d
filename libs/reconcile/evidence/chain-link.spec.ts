import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { genesisOf, linkHash, linkTime, sha256 } from './chain-link.js';

describe('a link of the chain', () => {
  it('is hashed over exactly the documented text, so that chains of today verify tomorrow', () => {
    const previous = genesisOf('1');
    const link = {
      accountId: '1',
      seq: '1',
      at: linkTime(new Date('2026-11-20T10:00:00.123Z')),
      recordedAt: linkTime(new Date(0)),
      kind: 'drift.held',
      listingId: '7',
      driftId: null,
      intentId: null,
      facet: 'title',
      digest: sha256('{}'),
      previous,
    };
    const text =
      '["etalon-evidence-1","1","1","2026-11-20T10:00:00.123000Z","1970-01-01T00:00:00.000000Z","drift.held","7",null,null,"title","44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"]';
    expect(linkHash(link)).toBe(
      createHash('sha256')
        .update(Buffer.concat([Buffer.from(previous, 'hex'), Buffer.from(text)]))
        .digest('hex'),
    );
    expect(genesisOf('1')).toBe(createHash('sha256').update('etalon-evidence-1\naccount 1').digest('hex'));
  });
});
