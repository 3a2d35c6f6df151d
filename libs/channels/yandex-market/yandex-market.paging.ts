import { BrokenContract, type Doc, readDoc, readDocOrEmpty, readPresentList, readText } from '#kernel';
import type { Run } from '#channels/contract';
import type { EndpointName, YandexCall, YandexClient } from './yandex-market.client.js';

export interface Page {
  readonly items: readonly unknown[];
  readonly result: Doc;
  readonly startedAt: number;
  /** Where the next page starts; '' after the last. */
  readonly next: string;
}

/** One page of a list behind `result`; `token` is '' for the first. Throws `BrokenContract` for a page without its list, or one that leads to itself. */
export async function readPage(client: YandexClient, name: EndpointName, list: string, call: YandexCall, token: string, run: Run): Promise<Page> {
  const query = { ...call.query, pageToken: token === '' ? undefined : token };
  const { body, startedAt } = await client.call(name, { ...call, query }, run);
  const result = readDoc(body['result'], `${name}.result`);
  const next = readText(readDocOrEmpty(result['paging'])['nextPageToken']);
  if (next !== '' && next === token) throw new BrokenContract(`${name}: the same page came again`, { pageToken: next });
  return { items: readPresentList(result[list], `${name}.${list}`), result, startedAt, next };
}

/** All items of a list. */
export async function readAll(client: YandexClient, name: EndpointName, list: string, call: YandexCall, run: Run): Promise<readonly unknown[]> {
  const found: unknown[] = [];
  for (let token = ''; ;) {
    const page = await readPage(client, name, list, call, token, run);
    found.push(...page.items);
    if (page.next === '') return found;
    token = page.next;
  }
}

export interface NamedList {
  readonly list: string;
  readonly ids: YandexCall['ids'];
  /** Articles of one question. */
  readonly most: number;
  /** Further members of the body. */
  readonly more?: Doc;
}

/** A list asked for by articles: it comes whole, without page or limit, and is walked all the same should it be cut. */
export async function readNamed(
  client: YandexClient,
  name: EndpointName,
  { list, ids, most, more }: NamedList,
  keys: readonly string[],
  run: Run,
): Promise<{ readonly items: readonly unknown[]; readonly startedAt: number }> {
  const items: unknown[] = [];
  let startedAt: number | undefined;
  for (let at = 0; at < keys.length; at += most) {
    const offerIds = keys.slice(at, at + most);
    for (let token: string | undefined = ''; token !== undefined;) {
      const page: Page = await readPage(client, name, list, { ids, body: { offerIds, ...more }, items: offerIds.length }, token, run);
      items.push(...page.items);
      startedAt ??= page.startedAt;
      token = page.next === '' ? undefined : page.next;
    }
  }
  return { items, startedAt: startedAt ?? Date.now() };
}
