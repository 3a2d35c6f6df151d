import { describe, expect, it } from '@jest/globals';
import { cleanDescription } from './text.js';

describe('cleanDescription', () => {
  it.each([
    ['  Просто   текст  ', 'Просто текст'],
    ['a<br>b<br />c', 'a<br/>b<br/>c'],
    ['<ul class="x"><li onclick="y">один</li></ul>', '<ul><li>один</li></ul>'],
    ['<script>alert(1)</script><h1>Заголовок</h1>', 'Заголовок'],
    ['Tom & Jerry &lt;3', 'Tom & Jerry &lt;3'],
  ])('%j becomes %j', (before, after) => {
    expect(cleanDescription(before)).toBe(after);
  });
});
