import type { ChannelClock } from '../clock.js';
import { seeded } from '../random.js';
import type { Schedule } from '../schedule.js';
import type { Store } from '../store.js';
import type { Seconds } from './cabinet.js';
import { Counter } from '../counter.js';
import type { CreateWork, EditWork, MediaWork, PriceWork } from './work.js';

export type Work = CreateWork | EditWork | MediaWork | PriceWork;

/** Work that was answered 200 and is not done yet. */
export interface Task {
  id: number;
  dueAt: number;
  seconds: number;
  key: 'A' | 'B';
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

/** Does later what was promised now; survives a restart. */
export class TaskOffice {
  private readonly waiting = new Map<number, Task>();
  private run: (task: Task) => void | Promise<void> = () => undefined;

  private readonly numbers: Counter;

  constructor(private readonly frame: Frame) {
    this.numbers = new Counter(frame.store, 'nextTask', 1_100_001);
  }

  /** Takes up what an earlier process left, and runs everything from now on. */
  start(run: (task: Task) => void | Promise<void>): void {
    this.run = run;
    for (const task of this.frame.store.all<Task>('tasks')) this.plan(task);
  }

  add(order: { key: 'A' | 'B'; method: string; within: Seconds; work: Work }): Task {
    const { clock, store } = this.frame;
    const id = this.nextId();
    const [least, most] = order.within;
    const seconds = seeded(this.frame.seed(), 'task', id).int(least, Math.max(least, most));
    const task: Task = { id, dueAt: clock.now() + seconds * 1000, seconds, key: order.key, method: order.method, work: order.work };
    store.put('tasks', id, task);
    this.plan(task);
    return task;
  }

  /** A number that no task has yet. */
  nextId(): number {
    return this.numbers.next();
  }

  get open(): number {
    return this.waiting.size;
  }

  all(): Iterable<Task> {
    return this.waiting.values();
  }

  reset(): void {
    this.waiting.clear();
    this.numbers.reset();
  }

  private plan(task: Task): void {
    this.waiting.set(task.id, task);
    this.frame.schedule.at(task.dueAt, () => void this.finish(task));
  }

  private finish(task: Task): void | Promise<void> {
    const done = (): void => {
      // A reset in between has forgotten it.
      if (this.waiting.delete(task.id)) this.frame.store.remove('tasks', task.id);
    };
    const running = this.run(task);
    return running instanceof Promise ? running.then(done) : done();
  }
}
