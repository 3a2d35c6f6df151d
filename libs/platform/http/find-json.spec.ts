import { describe, expect, it } from '@jest/globals';
import { findJson } from './find-json.js';

describe('JSON among other text', () => {
  it.each([
    ['messages of PHP before it', '<br />\n<b>Notice</b>: Undefined index [sku] in {closure} on line <b>12</b><br />\n{"id":7,"sku":"A"}', { id: 7, sku: 'A' }],
    ['a list', 'Warning: array [0]\n[{"id":1},{"id":2}]\n<!-- cached -->', [{ id: 1 }, { id: 2 }]],
    ['an integer that a number cannot hold', 'x {"id":9007199254740993}', { id: '9007199254740993' }],
  ])('%s', (_name, text, found) => {
    expect(findJson(Buffer.from(text))).toEqual(found);
  });

  it('is not made up', () => {
    expect(findJson(Buffer.from('<!DOCTYPE html><script>let rows = []</script>'))).toBeUndefined();
    expect(findJson(Buffer.from('{"id":1,"name":"cut in the mid'))).toBeUndefined();
  });
});
