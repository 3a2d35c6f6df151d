import { dates, link } from '../answers/item.js';
import { runBatch } from '../batch.js';
import { BATCHING, created, CREATING, DELETING, EDITING, ok, READING, type Body, type Call, type Endpoint } from '../endpoint.js';
import { pageOf } from '../list-query.js';
import { checkParams, isSent, oneOf, text, truthy, type Shapes } from '../params.js';
import { Problem } from '../problem.js';
import { wholeSecond } from '../site-time.js';
import { hooksOf, isTopic, WEBHOOK_STATUSES, type Webhook } from '../webhooks/webhook.js';

const SHAPES: Shapes = { name: text, status: oneOf(WEBHOOK_STATUSES), topic: text, delivery_url: text, secret: text };
const FINDING: Shapes = { status: oneOf(['all', ...WEBHOOK_STATUSES]), orderby: oneOf(['date', 'id', 'title']) };

const ownId = (call: Call): number => call.ids['id'] ?? 0;

export const webhookEndpoints: readonly Endpoint[] = [
  {
    ...{ verbs: READING, path: '/webhooks', act: 'list' },
    run: (call) => {
      const { status = 'all', order = 'desc' } = call.query;
      const sign = order === 'asc' ? 1 : -1;
      const found = call.office.webhooks.all().filter((hook) => status === 'all' || hook.status === status);
      return pageOf(
        call,
        FINDING,
        found.sort((a, b) => sign * (a.id - b.id)),
        (hook) => answer(call, hook),
      );
    },
  },
  { verbs: CREATING, path: '/webhooks', act: 'create', run: (call) => created(answer(call, create(call, call.body))) },
  { verbs: READING, path: '/webhooks/{id}', act: 'view', run: (call) => ok(answer(call, hookOf(call, ownId(call)))) },
  { verbs: EDITING, path: '/webhooks/{id}', act: 'edit', run: (call) => ok(answer(call, edit(call, ownId(call), call.body))) },
  {
    ...{ verbs: DELETING, path: '/webhooks/{id}', act: 'delete' },
    run: (call) => {
      if (!truthy(call.query['force'] ?? call.body['force'])) throw new Problem(501, 'woocommerce_rest_trash_not_supported', 'Webhooks do not support trashing.');
      return ok(answer(call, remove(call, ownId(call))));
    },
  },
  {
    ...{ verbs: BATCHING, path: '/webhooks/batch', act: 'batch' },
    run: (call) =>
      runBatch(call, {
        create: (body) => answer(call, create(call, body)),
        edit: (id, body) => answer(call, edit(call, id, body)),
        remove: (id) => answer(call, remove(call, id)),
      }),
  },
];

function hookOf({ office }: Call, id: number): Webhook {
  const hook = office.webhooks.get(id);
  if (!hook) throw new Problem(404, 'woocommerce_rest_shop_webhook_invalid_id', 'Invalid ID.');
  return hook;
}

function create(call: Call, body: Body): Webhook {
  const { office } = call;
  checkParams(body, SHAPES);
  checkTarget(body, true);
  const now = wholeSecond(office.clock.now());
  const hook: Webhook = {
    id: office.counters.webhook.next(),
    name: String(body['name'] ?? `Webhook created on ${new Date(now).toISOString()}`),
    status: 'active',
    topic: String(body['topic']),
    deliveryUrl: String(body['delivery_url']),
    // What the shop makes up when nobody names a secret.
    secret: String(body['secret'] ?? `secret-of-${office.cabinet.current.keys[call.key].consumer_key.slice(-7)}`),
    createdAt: now,
    modifiedAt: now,
    failures: 0,
  };
  office.webhooks.save(hook);
  office.webhooks.ping(hook);
  return hook;
}

function edit(call: Call, id: number, body: Body): Webhook {
  checkParams(body, SHAPES);
  checkTarget(body, false);
  const hook = hookOf(call, id);
  const status = WEBHOOK_STATUSES.find((one) => one === body['status']);
  Object.assign(hook, {
    ...(isSent(body['name']) ? { name: String(body['name']) } : {}),
    ...(isSent(body['topic']) ? { topic: String(body['topic']) } : {}),
    ...(isSent(body['delivery_url']) ? { deliveryUrl: String(body['delivery_url']) } : {}),
    ...(isSent(body['secret']) ? { secret: String(body['secret']) } : {}),
    // Switched on again, it still remembers its failures until something arrives.
    ...(status ? { status } : {}),
    modifiedAt: wholeSecond(call.office.clock.now()),
  });
  call.office.webhooks.save(hook);
  return hook;
}

function remove(call: Call, id: number): Webhook {
  const hook = hookOf(call, id);
  call.office.webhooks.remove(id);
  return hook;
}

function checkTarget(body: Body, all: boolean): void {
  const { topic, delivery_url: url } = body;
  if ((all || isSent(topic)) && !isTopic(String(topic ?? '')))
    throw new Problem(400, 'woocommerce_rest_shop_webhook_invalid_topic', 'Webhook topic is required and must be valid.');
  if ((all || isSent(url)) && !/^https?:\/\//.test(String(url ?? '')))
    throw new Problem(400, 'woocommerce_rest_shop_webhook_invalid_delivery_url', 'Webhook delivery URL must be a valid URL starting with http:// or https://.');
}

function answer({ office }: Call, { id, name, status, topic, deliveryUrl, createdAt, modifiedAt }: Webhook): object {
  const [resource, event] = topic.split('.');
  return {
    ...{ id, name, status, topic, resource, event, hooks: hooksOf(topic), delivery_url: deliveryUrl },
    ...dates(office, 'date_created', createdAt),
    ...dates(office, 'date_modified', modifiedAt),
    _links: { self: link(office, `/webhooks/${id}`), collection: link(office, '/webhooks') },
  };
}
