import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { clockShape, controlShapes } from '../apps/sandbox/control/shapes.js';
import { GREMLIN_KINDS } from '../apps/sandbox/gremlins/kinds.js';
import { cabinetShape } from '../apps/sandbox/ozon/control/cabinet-shape.js';
import { FAULT_KINDS } from '../apps/sandbox/ozon/faults.js';
import { item, runSandbox, type TestSandbox } from '../apps/sandbox/testing/running.js';

interface Operation {
  requestBody?: { content: Record<string, { schema: { $ref: string } }> };
  responses: Record<string, { content?: Record<string, { schema: { $ref: string } }> }>;
}
const document = JSON.parse(readFileSync(new URL('../apps/sandbox/control.openapi.json', import.meta.url), 'utf8')) as {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object> };
};
const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
ajv.addSchema(document, 'control');

function problems(path: string, verb: string, status: number, answer: unknown): unknown {
  const schema = document.paths[path]?.[verb]?.responses[String(status)]?.content?.['application/json']?.schema;
  if (!schema) return `${verb} ${path} ${status} is not described`;
  const validate = ajv.compile({ $ref: `control${schema.$ref}` });
  return validate(answer) ? [] : validate.errors;
}

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await runSandbox();
});
afterAll(() => sandbox.close());

describe('the control surface and its document', () => {
  it('agree on what every answer looks like', async () => {
    const seen = new Set<string>();
    const check = async <T>(path: string, body?: object, at = path): Promise<T> => {
      const answer = await sandbox.control<T>(at.replace('/_control', ''), body);
      const verb = body ? 'post' : 'get';
      seen.add(`${verb} ${path}`);
      expect([path, answer.status, problems(path, verb, answer.status, answer.body)]).toEqual([path, answer.status, []]);
      return answer.body;
    };
    await check('/_control/reset', { seed: 5, scale: 0, cabinet: { per_minute: 200 } });
    await check('/_control/seed', { cards: 60, cabinet: { keys: { A: 'sandbox-key-a' }, limits: 'off' } });
    await check('/_control/clock');
    await check('/_control/markets');
    await check('/_control/connection');
    await check('/_control/clock', { jump_seconds: 5, scale: 0 });
    await check('/_control/faults', { rules: [{ match: { path: '/v1/none' }, kind: 'hang', seconds: 1 }] });
    await check('/_control/faults');
    await check('/_control/faults', { rules: [] });
    const task = await sandbox.api<{ result: { task_id: number } }>('/v3/product/import', { items: [item('A b/1', { images: [sandbox.picture('x')] })] });
    await sandbox.finish(task.body.result.task_id);
    const done = await check<{ injected: { offer_id: string }[] }>('/_control/gremlins', { seed: 1, cards: 30, echo_cards: 5 });
    expect(done.injected).toHaveLength(30);
    await check('/_control/injected');
    await check('/_control/cards', undefined, '/_control/cards?limit=3');
    await check('/_control/cards/{offerId}', undefined, `/_control/cards/${done.injected[0]?.offer_id}`);
    await check('/_control/cards/{offerId}', undefined, `/_control/cards/${encodeURIComponent('A b/1')}`);
    await check('/_control/cards/{offerId}', undefined, '/_control/cards/none');
    await check('/_control/cards/{offerId}/release', {}, `/_control/cards/${done.injected[0]?.offer_id}/release`);
    for (const act of ['repaint', 'reserve', 'unreserve']) await check(`/_control/cards/{offerId}/${act}`, {}, `/_control/cards/${done.injected[0]?.offer_id}/${act}`);
    await check('/_control/ledger', undefined, '/_control/ledger?after=2&limit=5');
    await check('/_control/ledger', undefined, '/_control/ledger?after=x');
    await check('/_control/stats');
    await check('/_control/health');
    await check('/_control/reset', { scale: -1 });
    const described = Object.entries(document.paths).flatMap(([path, verbs]) => Object.keys(verbs).map((verb) => `${verb} ${path}`));
    expect([...seen].sort()).toEqual(described.sort());
  });

  it('agree on what every request may hold', () => {
    const { schemas } = document.components;
    const shapes = controlShapes({ cabinetShape, faultKinds: FAULT_KINDS, gremlinKinds: GREMLIN_KINDS });
    expect(schemas.ResetRequest).toEqual(shapes.reset);
    expect(schemas.SeedRequest).toEqual(shapes.seed);
    expect(schemas.ClockRequest).toEqual(clockShape);
    expect(schemas.FaultsRequest).toEqual(shapes.faults);
    expect(schemas.GremlinsRequest).toEqual(shapes.gremlins);
  });

  it('show a buyer the card with everything escaped', async () => {
    await sandbox.control('/reset', {});
    const name = 'Чайник <script>alert("x")</script> & «Волна»';
    const { body } = await sandbox.api<{ result: { task_id: number } }>('/v3/product/import', { items: [item('BUY-1', { name })] });
    await sandbox.finish(body.result.task_id);
    expect((await fetch(`${sandbox.url}/ozon-shop/BUY-1`)).status).toBe(404);
    await sandbox.jump(601);
    const page = await fetch(`${sandbox.url}/ozon-shop/BUY-1`);
    const html = await page.text();
    expect([page.status, html.includes('<script')]).toEqual([200, false]);
    expect(html).toContain('«Волна»');
  });
});
