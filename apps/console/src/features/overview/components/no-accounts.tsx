import { useTranslation } from 'react-i18next';
import { useChannels } from '../hooks/use-channels';

/** An empty hub: how each channel it knows is connected. */
export function NoAccounts() {
  const { t } = useTranslation();
  return (
    <section className="panel empty-hub">
      <h2>{t('empty.noAccounts.title')}</h2>
      <p className="quiet">{t('empty.noAccounts.next')}</p>
      {useChannels().map(({ id, credentials }) => (
        <code key={id}>
          {`npm run -s etalon -- account add ${id} ${credentials
            .filter((field) => field.required)
            .map((field) => `--set ${field.key}=…`)
            .join(' ')}`}
        </code>
      ))}
    </section>
  );
}
