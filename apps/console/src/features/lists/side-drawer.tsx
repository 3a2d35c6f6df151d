import type { ReactNode } from 'react';
import { Drawer, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import { ProblemNotice } from '../../app/problem-notice';
import { LinkIcon } from '../../icons/action-icons';
import { CardPicture } from './card-cell';
import { useWide } from './use-wide';

interface Props<T> {
  /** What the address names; undefined: closed. */
  readonly id: string | undefined;
  readonly title: string;
  readonly query: { readonly data: T | undefined; readonly error: Error | null; refetch(): unknown };
  children(data: T): ReactNode;
}

/** One thing beside the list; the address names it, so that it can be sent to somebody. Closing goes back to the list as it was filtered. */
export function SideDrawer<T extends { readonly id: string }>({ id, title, query: { data, error, refetch }, children }: Props<T>) {
  const { search } = useLocation();
  const navigate = useNavigate();
  const wide = useWide(900);
  const shown = error !== null ? <ProblemNotice problem={error} onRetry={() => void refetch()} /> : data === undefined ? <Skeleton active /> : undefined;
  return (
    <Drawer open={id !== undefined} onClose={() => void navigate(`/${search}`)} size={wide ? 760 : '100%'} mask={!wide} title={title} destroyOnHidden>
      {shown ?? (data === undefined ? null : <div key={data.id}>{children(data)}</div>)}
    </Drawer>
  );
}

interface HeadProps {
  readonly listingId: string;
  readonly title: string;
  readonly article: string;
  /** Stands behind the article. */
  readonly more?: string;
  readonly buyerUrl: string | undefined;
  readonly children: ReactNode;
}

/** Which card it is about: picture, title, article, and the buyer's view where there is one. */
export function CardHead({ listingId, title, article, more = '', buyerUrl, children }: HeadProps) {
  const { t } = useTranslation();
  return (
    <header className="drift-head">
      <CardPicture listingId={listingId} size={64} />
      <div className="drift-head-text">
        <h2>{title}</h2>
        <p className="quiet">
          <span className="mono">{article}</span>
          {more}
          {buyerUrl === undefined ? null : (
            <>
              {' · '}
              <a href={buyerUrl} target="_blank" rel="noreferrer">
                {t('drawer.buyerView')} <LinkIcon />
              </a>
            </>
          )}
        </p>
        <p className="drift-tags">{children}</p>
      </div>
    </header>
  );
}
