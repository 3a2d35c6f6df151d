import type { ChannelModule } from '#channels/contract';
import type { ChannelRegistry } from '#listings';
import { faulty } from './problem.js';

/** The channel a request names. @throws Problem naming those there are */
export function knownChannel(channels: ChannelRegistry, id: string): ChannelModule {
  const found = channels.all().find(({ descriptor }) => descriptor.id === id);
  if (found) return found;
  const known = channels.all().map(({ descriptor }) => descriptor.id);
  throw faulty({ field: 'channel', value: id.slice(0, 100), code: 'unknown-channel', params: { known: known.join(', ') } });
}
