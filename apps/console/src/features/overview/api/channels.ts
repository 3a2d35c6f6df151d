import { get } from '../../../app/http';
import type { Language } from '../../../i18n/languages';

/** A channel the hub can be connected to, with the fields of its form. */
export interface ChannelView {
  readonly id: string;
  readonly title: Readonly<Record<Language, string>>;
  readonly credentials: readonly { readonly key: string; readonly required: boolean }[];
}

export const readChannels = async (): Promise<readonly ChannelView[]> => (await get<{ readonly items: readonly ChannelView[] }>('/api/channels')).items;
