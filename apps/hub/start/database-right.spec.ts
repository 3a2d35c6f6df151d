import { expect, it } from '@jest/globals';
import { databaseRight } from './database-right.js';

const refused = Object.assign(new Error('permission denied for schema public'), { code: '42501' });

it('a failed start is blamed on a missing right only when the database says so, however deep', () => {
  expect(databaseRight(refused)).toMatchObject({ told: { code: 'database-right' }, cause: refused });
  expect(databaseRight(new Error('The job queue did not answer', { cause: new Error('create schema', { cause: refused }) }))).toBeDefined();
  expect(databaseRight(Object.assign(new Error('gone'), { code: '57P01' }))).toBeUndefined();
  const circle = new Error('a');
  circle.cause = circle;
  expect(databaseRight(circle)).toBeUndefined();
});
