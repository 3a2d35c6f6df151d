import { App, Button } from 'antd';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useProblemText } from '../../../app/use-problem-text';
import { useFormat } from '../../../format/use-format';
import { freezeListing } from '../../drifts/api/drifts';
import { useAccount } from '../../overview/hooks/use-overview';
import { useMay } from '../../session/hooks/use-may';
import type { Listing } from '../api/listings';

const DAY_MS = 86_400_000;

/** Sends nothing for one card for a while, or says that it is so. */
export function ListingFreeze({ listing }: { readonly listing: Listing }) {
  const { t } = useTranslation();
  const format = useFormat();
  const queries = useQueryClient();
  const { notification, message } = App.useApp();
  const problemText = useProblemText();
  const maySteer = useMay('steer');
  const now = Date.parse(useAccount(listing.account_id)?.now ?? new Date().toISOString());
  const until = listing.frozen_until;
  const frozen = until !== null && Date.parse(until) > now;
  const act = frozen ? 'thaw' : 'hold';
  const { mutate, isPending } = useMutation({
    mutationFn: () => freezeListing(listing.id, frozen ? null : new Date(now + DAY_MS).toISOString()),
    onSuccess: () => {
      void message.success(t(`steer.${act}.done`));
      void queries.invalidateQueries();
    },
    onError: (error) => {
      const { title, next } = problemText(error);
      notification.error({ title, description: next });
    },
  });
  return (
    <div className="drift-actions">
      {frozen ? <p className="why-waits">{t('listing.frozen', { until: format.dateTime(until) })}</p> : null}
      <Button loading={isPending} disabled={!maySteer} title={maySteer ? t(`steer.${act}.hint`) : t('problem.not-allowed.title')} onClick={() => mutate()}>
        {t(`steer.${act}.name`)}
      </Button>
    </div>
  );
}
