import { describe, expect, it } from '@jest/globals';
import { type Least, pages, pagesToTheEnd, requestsOf, secondsOf, toldLeast } from './least.js';
import * as ozon from './least/ozon.js';
import * as wildberries from './least/wildberries.js';
import * as woocommerce from './least/woocommerce.js';
import * as yandexMarket from './least/yandex-market.js';
import { leastMs, perWindow, tokens } from './published-limit.js';

describe('the time that a published limit asks for', () => {
  it.each([
    { limit: tokens(5, 600), units: 5, ms: 0, reason: 'a burst goes at once' },
    { limit: tokens(5, 600), units: 6, ms: 600, reason: 'the next waits for one unit' },
    { limit: tokens(5, 600), units: 105, ms: 60_000, reason: 'a hundred a minute in the long run' },
    { limit: perWindow(50, 1000), units: 50, ms: 0, reason: 'a window goes at once' },
    { limit: perWindow(50, 1000), units: 51, ms: 1000, reason: 'the next waits for another window' },
    { limit: perWindow(50, 1000), units: 150, ms: 2000, reason: 'the third window begins after two' },
    { limit: perWindow(50, 1000), units: 0, ms: 0, reason: 'nothing takes no time' },
  ])('$units units: $reason', ({ limit, units, ms }) => expect(leastMs(limit, units)).toBe(ms));
});

describe('the least that is asked', () => {
  const least: Least = {
    limits: { one: tokens(1, 1000), other: perWindow(10, 1000) },
    lines: [
      { what: 'pages', requests: 3, limit: 'one' },
      { what: 'of the archive', requests: 1, limit: 'one' },
      { what: 'writes', requests: 20, limit: 'other' },
    ],
  };

  it('adds all lines, and the times of those that share a limit', () => {
    expect(requestsOf(least)).toBe(24);
    expect(secondsOf(least)).toBe(3);
    expect(toldLeast(least)).toBe('3 pages + 1 of the archive + 20 writes');
  });

  it('refuses a line whose limit is not there', () => {
    expect(() => secondsOf({ ...least, limits: {} })).toThrow('"one"');
  });

  it('counts a page for the end where nothing else tells it', () => {
    expect([pages(1000, 100), pages(1001, 100), pages(0, 100)]).toEqual([10, 11, 0]);
    expect([pagesToTheEnd(999, 100), pagesToTheEnd(1000, 100), pagesToTheEnd(0, 100)]).toEqual([10, 11, 1]);
  });
});

/** Worked by hand from the sentences of docs/channels/*.md, "Requests". */
describe('the arithmetic of each channel', () => {
  it('of Ozon: 20,000 cards are four reads of twenty pages and three single requests, in two seconds', () => {
    expect(requestsOf(ozon.leastSweep(20_000))).toBe(4 * 20 + 3);
    expect(secondsOf(ozon.leastSweep(20_000))).toBe(1);
    expect(requestsOf(ozon.leastPush(500))).toBe(1 + 5 + 5 + 5);
  });

  it('of Wildberries: 10,000 cards are a hundred full pages and an empty one, at a hundred a minute after the burst', () => {
    expect(requestsOf(wildberries.leastSweep(10_000))).toBe(101 + 1 + 11 + 10 + 4);
    expect(secondsOf(wildberries.leastSweep(10_000))).toBe(57.6);
    expect(requestsOf(wildberries.leastPush(500))).toBe(5 + 1 + 1 + 500 + 1 + 1 + 1 + 1);
  });

  it('of Yandex Market: 10,000 offers are a hundred pages and the archive, which is the second minute', () => {
    expect(requestsOf(yandexMarket.leastSweep(10_000))).toBe(101 + 50 + 50 + 50 + 2);
    expect(secondsOf(yandexMarket.leastSweep(10_000))).toBe(60);
    expect(requestsOf(yandexMarket.leastPush(500))).toBe(3 + 3 + 5 + 1 + 1 + 3 + 5);
  });

  it('of WooCommerce: 800 products are eight pages, and three sizes of every eighth are three more', () => {
    expect(woocommerce.cardsOf(800)).toBe(700 + 300);
    expect(requestsOf(woocommerce.leastSweep(800))).toBe(8 + 1 + 3 + 1);
    expect(secondsOf(woocommerce.leastSweep(800))).toBe(3);
    expect(requestsOf(woocommerce.leastPush(500))).toBe(5 + 5 + 500);
  });
});
