/** What speaks for a live card being a product's. */
export interface MatchSigns {
  /** A barcode both have. */
  readonly barcode: string | undefined;
  /** 0 to 1. */
  readonly title: number;
  /** The card's main picture is one of the product's. */
  readonly picture: boolean;
}

export interface MatchReason {
  readonly code: 'barcode' | 'title' | 'picture';
  readonly params: Readonly<Record<string, string | number>>;
}

export interface ScoredMatch {
  /** 0 to 100. */
  readonly score: number;
  readonly reasons: readonly MatchReason[];
}

/** Less is not worth a person's look. */
export const WORTH_A_LOOK = 45;
/** From here on a product is not created anew beside the card before somebody has decided. */
export const STRONG = 70;

const BARCODE = 0.96;
const TITLE = 0.85;
const PICTURE = 0.6;
/** Fewer words in common say nothing. */
const LEAST_TITLE = 0.3;

/** Signs strengthen each other as independent ones do: what each leaves open is multiplied. */
export function scoreMatch({ barcode, title, picture }: MatchSigns): ScoredMatch {
  const reasons: MatchReason[] = [];
  let open = 1;
  if (barcode !== undefined) {
    open *= 1 - BARCODE;
    reasons.push({ code: 'barcode', params: { barcode } });
  }
  if (title >= LEAST_TITLE) {
    open *= 1 - TITLE * title;
    reasons.push({ code: 'title', params: { percent: Math.round(title * 100) } });
  }
  if (picture) {
    open *= 1 - PICTURE;
    reasons.push({ code: 'picture', params: {} });
  }
  return { score: Math.round((1 - open) * 100), reasons };
}
