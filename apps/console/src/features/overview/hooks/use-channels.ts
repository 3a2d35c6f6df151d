import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { isLanguage } from '../../../i18n/languages';
import { type ChannelView, readChannels } from '../api/channels';

/** The hub's channels: they change with its version only. */
export function useChannels(): readonly ChannelView[] {
  return useQuery({ queryKey: ['channels'], queryFn: readChannels, staleTime: Infinity }).data ?? [];
}

/** What a channel calls itself in the reader's language; its id until that is known. */
export function useChannelName(id: string): string {
  const { i18n } = useTranslation();
  const language = i18n.resolvedLanguage ?? '';
  const channel = useChannels().find((known) => known.id === id);
  return channel?.title[isLanguage(language) ? language : 'ru'] ?? id;
}
