import type { ChannelClock } from '../clock.js';
import { Counter } from '../counter.js';
import type { WriterKey } from '../ledger.js';
import { seeded } from '../random.js';
import type { Schedule } from '../schedule.js';
import type { Store } from '../store.js';
import type { Seconds } from './cabinet.js';
import { articlesOf, type Work } from './work.js';

/** Work that was answered OK and is not done yet. */
export interface Task {
  id: number;
  dueAt: number;
  seconds: number;
  key: WriterKey;
  /** Path of the method that ordered it. */
  method: string;
  work: Work;
}

interface Frame {
  readonly clock: ChannelClock;
  readonly store: Store;
  readonly schedule: Schedule;
  seed(): string;
}

/** Does later what was promised now, each kind of work in the order it came; survives a restart. */
export class TaskOffice {
  private readonly waiting = new Map<number, Task>();
  /** How many tasks are about an article, and how many of them are about its content. */
  private readonly busy = new Map<string, { all: number; content: number }>();
  private readonly lastDue = new Map<Work['kind'], number>();
  private readonly numbers: Counter;
  private run: (task: Task) => void | Promise<void> = () => undefined;

  constructor(private readonly frame: Frame) {
    this.numbers = new Counter(frame.store, 'nextTask', 1);
  }

  /** Takes up what an earlier process left, and runs everything from now on. */
  start(run: (task: Task) => void | Promise<void>): void {
    this.run = run;
    for (const task of this.frame.store.all<Task>('tasks')) this.plan(task);
  }

  add(order: { key: WriterKey; method: string; within: Seconds; work: Work }): Task {
    const { clock, store } = this.frame;
    const id = this.numbers.next();
    const [least, most] = order.within;
    const drawn = seeded(this.frame.seed(), 'task', id).int(least, Math.max(least, most));
    const dueAt = Math.max(clock.now() + drawn * 1000, this.lastDue.get(order.work.kind) ?? 0);
    const task: Task = { id, dueAt, seconds: Math.ceil((dueAt - clock.now()) / 1000), key: order.key, method: order.method, work: order.work };
    store.put('tasks', id, task);
    this.plan(task);
    return task;
  }

  get open(): number {
    return this.waiting.size;
  }

  /** Anything about this article waits. */
  isBusy(offerId: string): boolean {
    return this.busy.has(offerId);
  }

  /** A change of content of this article is being looked at. */
  isChecking(offerId: string): boolean {
    return (this.busy.get(offerId)?.content ?? 0) > 0;
  }

  reset(): void {
    this.waiting.clear();
    this.busy.clear();
    this.lastDue.clear();
    this.numbers.reset();
  }

  private plan(task: Task): void {
    this.waiting.set(task.id, task);
    this.lastDue.set(task.work.kind, Math.max(task.dueAt, this.lastDue.get(task.work.kind) ?? 0));
    this.count(task.work, 1);
    this.frame.schedule.at(task.dueAt, () => void this.finish(task));
  }

  private finish(task: Task): void | Promise<void> {
    const done = (): void => {
      // A reset in between has forgotten it.
      if (!this.waiting.delete(task.id)) return;
      this.count(task.work, -1);
      this.frame.store.remove('tasks', task.id);
    };
    const running = this.run(task);
    return running instanceof Promise ? running.then(done) : done();
  }

  private count(work: Work, by: 1 | -1): void {
    const content = work.kind === 'offers' || work.kind === 'parameters' ? by : 0;
    for (const offerId of articlesOf(work)) {
      const known = this.busy.get(offerId) ?? { all: 0, content: 0 };
      const next = { all: known.all + by, content: known.content + content };
      if (next.all > 0) this.busy.set(offerId, next);
      else this.busy.delete(offerId);
    }
  }
}
