import { createHash, createHmac } from 'node:crypto';
import type { ChannelClock } from '../../clock.js';
import { seeded } from '../../random.js';
import type { Schedule } from '../../schedule.js';
import type { Store } from '../../store.js';
import type { CabinetOffice } from '../cabinet.js';
import { phpJson } from '../php-json.js';
import { wholeSecond } from '../site-time.js';
import type { Webhook } from './webhook.js';

/** Something that subscribers of a topic are to hear of. */
interface Delivery {
  key: string;
  webhookId: number;
  resource: string;
  id: number;
  due: number;
}

interface Frame {
  readonly clock: ChannelClock;
  readonly store: Store;
  readonly schedule: Schedule;
  readonly cabinet: CabinetOffice;
  seed(): string;
  /** The address of the shop. */
  home(): string;
  /** A thing as it is now; undefined when it is gone. */
  payload(resource: string, id: number): object | undefined;
}

const TIMEOUT_MS = 60_000;
const MOST_FAILURES = 5;

/** Subscriptions and what is on its way to them. Nothing is sent twice: what fails is lost. */
export class WebhookOffice {
  private readonly hooks = new Map<number, Webhook>();
  private readonly pending = new Map<string, Delivery>();
  private readonly underway = new Set<Promise<void>>();
  readonly sent = { delivered: 0, failed: 0 };

  constructor(private readonly frame: Frame) {
    for (const hook of frame.store.all<Webhook>('webhooks')) this.hooks.set(hook.id, hook);
    for (const delivery of frame.store.all<Delivery>('deliveries')) this.plan(delivery);
  }

  get(id: number): Webhook | undefined {
    return this.hooks.get(id);
  }

  all(): Webhook[] {
    return [...this.hooks.values()];
  }

  save(hook: Webhook): void {
    this.hooks.set(hook.id, hook);
    this.frame.store.put('webhooks', hook.id, hook);
  }

  remove(id: number): void {
    this.hooks.delete(id);
    this.frame.store.remove('webhooks', id);
  }

  /** Tells every subscriber when the site next gets round to it; two changes before that are one delivery. */
  happened(topic: string, id: number): void {
    const { cron, cron_seconds: seconds } = this.frame.cabinet.current;
    if (cron === 'off') return;
    for (const hook of this.hooks.values()) {
      if (hook.status !== 'active' || hook.topic !== topic) continue;
      const key = `${hook.id}/${topic}/${id}`;
      if (this.pending.has(key)) continue;
      const now = this.frame.clock.now();
      const delivery = { key, webhookId: hook.id, resource: topic.split('.')[0] ?? '', id, due: now + seeded(this.frame.seed(), key, now).int(...seconds) * 1000 };
      this.frame.store.put('deliveries', key, delivery);
      this.plan(delivery);
    }
  }

  /** Says hello to a new subscriber: a form without signature or topic. */
  ping(hook: Webhook): void {
    const headers = { 'content-type': 'application/x-www-form-urlencoded', 'user-agent': this.agent };
    this.track(post(hook.deliveryUrl, `webhook_id=${hook.id}`, headers).then(() => undefined));
  }

  /** Ends when everything sent so far was answered. */
  arrived(): Promise<unknown> {
    return Promise.all(this.underway);
  }

  reset(): void {
    this.hooks.clear();
    this.pending.clear();
    Object.assign(this.sent, { delivered: 0, failed: 0 });
  }

  private get agent(): string {
    return `WooCommerce/${this.frame.cabinet.release.woocommerce} Hookshot (WordPress/${this.frame.cabinet.release.wordpress})`;
  }

  private plan(delivery: Delivery): void {
    this.pending.set(delivery.key, delivery);
    this.frame.schedule.at(delivery.due, () => {
      if (this.pending.get(delivery.key) !== delivery) return;
      this.pending.delete(delivery.key);
      this.frame.store.remove('deliveries', delivery.key);
      this.track(this.deliver(delivery));
    });
  }

  private async deliver({ webhookId, resource, id }: Delivery): Promise<void> {
    const hook = this.hooks.get(webhookId);
    if (hook?.status !== 'active') return;
    // Of what was deleted the number alone is told, though it may still lie in the trash.
    const told = hook.topic.endsWith('.deleted') ? undefined : this.frame.payload(resource, id);
    const body = phpJson(JSON.stringify(told ?? { id }));
    const second = wholeSecond(this.frame.clock.now()) / 1000;
    const done = await post(hook.deliveryUrl, body, {
      'content-type': 'application/json',
      'user-agent': this.agent,
      'x-wc-webhook-source': `${this.frame.home()}/`,
      'x-wc-webhook-topic': hook.topic,
      'x-wc-webhook-resource': resource,
      'x-wc-webhook-event': hook.topic.split('.')[1] ?? '',
      'x-wc-webhook-signature': createHmac('sha256', hook.secret).update(body).digest('base64'),
      'x-wc-webhook-id': String(hook.id),
      'x-wc-webhook-delivery-id': createHash('md5').update(`${hook.id}${second}`).digest('hex'),
    });
    hook.failures = done ? 0 : hook.failures + 1;
    this.sent[done ? 'delivered' : 'failed']++;
    if (hook.failures > MOST_FAILURES) hook.status = 'disabled';
    this.save(hook);
    await this.frame.store.flush();
  }

  private track(sending: Promise<void>): void {
    this.underway.add(sending);
    void sending.finally(() => this.underway.delete(sending));
  }
}

/** Redirects count as success and are not followed. */
async function post(url: string, body: string | Buffer, headers: Record<string, string>): Promise<boolean> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      body: typeof body === 'string' ? body : new Uint8Array(body),
      headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await response.body?.cancel();
    return response.status >= 200 && response.status <= 302;
  } catch {
    return false;
  }
}
