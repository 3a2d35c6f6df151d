import { useState } from 'react';

interface Props {
  readonly listingId: string;
  readonly sku: string;
  readonly title: string | null;
  readonly size?: number;
}

/** The master's first picture; a card without one shows an empty frame. */
export function CardPicture({ listingId, size = 32 }: { readonly listingId: string; readonly size?: number }) {
  const [missing, setMissing] = useState<string>();
  if (missing === listingId) return <span className="thumb none" style={{ width: size, height: size }} />;
  return <img className="thumb" src={`/api/listings/${listingId}/picture`} alt="" width={size} height={size} loading="lazy" onError={() => setMissing(listingId)} />;
}

export function CardCell({ listingId, sku, title, size }: Props) {
  return (
    <span className="card-cell">
      <CardPicture listingId={listingId} size={size} />
      <span className="card-text">
        <span className="card-title">{title ?? sku}</span>
        <span className="quiet small mono">{sku}</span>
      </span>
    </span>
  );
}
