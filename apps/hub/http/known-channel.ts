import type { ChannelModule } from '#channels/contract';
import type { ChannelRegistry } from '#listings';
import { faulty } from './problem.js';

/** The ids of all channels there are. */
export function channelIds(channels: ChannelRegistry): ReadonlySet<string> {
  return new Set(channels.all().map(({ descriptor }) => descriptor.id));
}

/** The channel a request names. @throws Problem naming those there are */
export function knownChannel(channels: ChannelRegistry, id: string): ChannelModule {
  const found = channels.all().find(({ descriptor }) => descriptor.id === id);
  if (found) return found;
  throw faulty({ field: 'channel', value: id.slice(0, 100), code: 'unknown-channel', params: { known: [...channelIds(channels)].join(', ') } });
}
