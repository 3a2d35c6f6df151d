import { seeded } from '../random.js';
import type { Market } from './market.js';
import type { Fetched } from '../pictures/picture-house.js';
import { writeCard } from './import.js';
import { neededUrls, writeAttributes, writePictures } from './partial-writes.js';
import type { TaskItem } from './requests.js';
import { failed, type ItemResult, type ItemWork, type Task, type TaskKind } from './task-model.js';

/** Asynchronous writes: accepted at once, carried out later on the channel's clock, and remembered for good. */
export class TaskOffice {
  private readonly tasks = new Map<number, Task>();
  private readonly downloads = new Map<number, { fetched: Map<string, Fetched>; ready: Promise<void> }>();
  private nextId: number;

  constructor(private readonly market: Market) {
    this.nextId = market.store.get<number>('meta', 'nextTask') ?? 170_000_001;
    for (const task of market.store.all<Task>('tasks')) {
      this.tasks.set(task.id, task);
      if (!task.done) this.plan(task);
    }
  }

  find(id: number): Task | undefined {
    return this.tasks.get(id);
  }

  /** Articles that a task not carried out yet will touch. */
  busyOffers(): Set<string> {
    const busy = new Set<string>();
    for (const id of this.downloads.keys()) for (const item of this.tasks.get(id)?.items ?? []) busy.add(item.offer_id ?? '');
    return busy;
  }

  submit(kind: TaskKind, key: 'A' | 'B', items: TaskItem[], overLimit: number[]): Task {
    const id = this.nextId++;
    this.market.store.put('meta', 'nextTask', this.nextId);
    const [low, high] = this.market.cabinet.current.task_seconds;
    const seconds = seeded(this.market.seed(), 'task', id).int(low, high);
    const task: Task = {
      id,
      kind,
      key,
      dueAt: this.market.clock.now() + seconds * 1000,
      seconds,
      items,
      overLimit,
      results: items.map((item) => ({
        offerId: item.offer_id ?? '',
        productId: this.market.cards.byOfferId(item.offer_id ?? '')?.productId ?? 0,
        status: 'pending',
        errors: [],
      })),
      done: false,
    };
    this.tasks.set(id, task);
    this.market.store.put('tasks', id, task);
    this.plan(task);
    return task;
  }

  get open(): number {
    return this.downloads.size;
  }

  reset(): void {
    this.tasks.clear();
    this.downloads.clear();
    this.nextId = 170_000_001;
  }

  private plan(task: Task): void {
    const fetched = new Map<string, Fetched>();
    const ready = this.download(task, fetched);
    this.downloads.set(task.id, { fetched, ready });
    this.market.schedule.at(task.dueAt, () => this.due(task, fetched, ready));
  }

  private async download(task: Task, fetched: Map<string, Fetched>): Promise<void> {
    if (task.kind === 'attributes') return;
    const urls = new Set<string>();
    task.items.forEach((item, i) => {
      if (!task.overLimit.includes(i)) for (const url of neededUrls(this.market, item)) if (!fetched.has(url)) urls.add(url);
    });
    await Promise.all(
      [...urls].map(async (url) => {
        fetched.set(url, await this.market.pictures.fetch(url));
      }),
    );
  }

  private due(task: Task, fetched: Map<string, Fetched>, ready: Promise<void>): void {
    if (this.allFetched(task, fetched)) {
      this.carryOut(task, fetched);
      return;
    }
    void ready
      .then(() => this.download(task, fetched))
      .then(() => {
        if (this.tasks.get(task.id) === task) this.carryOut(task, fetched);
      });
  }

  private allFetched(task: Task, fetched: ReadonlyMap<string, Fetched>): boolean {
    if (task.kind === 'attributes') return true;
    return task.items.every((item, i) => task.overLimit.includes(i) || neededUrls(this.market, item).every((u) => fetched.has(u)));
  }

  private carryOut(task: Task, fetched: ReadonlyMap<string, Fetched>): void {
    task.results = task.items.map((item, i) => {
      const offerId = item.offer_id ?? '';
      if (task.overLimit.includes(i)) return failed(offerId, 'item_limit_exceeded');
      if (this.market.faults.failsItem(offerId)) return failed(offerId, 'internal_error');
      return this.write(item, { task, fetched });
    });
    task.items = [];
    task.overLimit = [];
    task.done = true;
    this.downloads.delete(task.id);
    this.market.store.put('tasks', task.id, task);
  }

  private write(item: TaskItem, work: ItemWork): ItemResult {
    switch (work.task.kind) {
      case 'import':
        return writeCard(this.market, item, work);
      case 'attributes':
        return writeAttributes(this.market, item, work);
      case 'pictures':
        return writePictures(this.market, item, work);
    }
  }
}
