import type { ChannelModule } from '#channels/contract';

/** The channels this build knows, by id. Filled by the application; nothing below it names one. */
export class ChannelRegistry {
  private readonly modules: ReadonlyMap<string, ChannelModule>;

  constructor(modules: readonly ChannelModule[]) {
    this.modules = new Map(modules.map((module) => [module.descriptor.id, module]));
  }

  get(id: string): ChannelModule {
    const module = this.modules.get(id);
    if (!module) throw new Error(`No channel is called "${id}". Known: ${[...this.modules.keys()].join(', ')}.`);
    return module;
  }

  all(): readonly ChannelModule[] {
    return [...this.modules.values()];
  }
}
