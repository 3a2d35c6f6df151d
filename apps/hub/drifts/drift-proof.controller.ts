import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type Facet, FACETS, type FacetValue } from '#channels/contract';
import {
  driftById,
  type DriftNoticed,
  type DriftRow,
  evidenceOfListing,
  explain,
  explainChange,
  judgeLastWriter,
  lastWriterText,
  type RecordedEvidence,
  storyText,
} from '#reconcile';
import { Requires } from '../auth/policy.js';
import { LocaleDto } from '../evidence/evidence.dto.js';
import { IdPipe } from '../http/id.pipe.js';
import { notFound } from '../http/problem.js';
import { visibleChanges } from '../listings/facet-diff.js';
import { fieldNames } from '../listings/field-names.js';
import { seenPath, type ShownPicture, shownPictures } from '../listings/shown-pictures.js';
import type { HubParts } from '../parts/hub-parts.js';
import { PARTS } from '../parts/tokens.js';
import { DriftProofDto } from './drift-answers.dto.js';

const TIME_LOCALES = { ru: 'ru-RU', en: 'en-GB', zh: 'zh-CN' } as const;

function timeWriter(locale: keyof typeof TIME_LOCALES): (iso: string) => string {
  const format = new Intl.DateTimeFormat(TIME_LOCALES[locale], { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });
  return (iso) => `${format.format(new Date(iso))} UTC`;
}

/** What left the hub or came back, as it was recorded (secrets are redacted on recording). */
function exchangeOf(entry: RecordedEvidence | undefined): { request?: unknown; answer?: unknown } {
  if (entry?.body === undefined) return {};
  if (entry.kind === 'push.intent') return { request: entry.body.request };
  if (entry.kind === 'push.answer' || entry.kind === 'push.confirmed' || entry.kind === 'push.refused') return { answer: entry.body.answer };
  return {};
}

@ApiTags('drifts')
@Controller('api')
export class DriftProofController {
  constructor(@Inject(PARTS) private readonly parts: HubParts) {}

  /**
   * What the record says of one drift: the value that was found beside the one that was wanted, who wrote last, and every step since with its
   * request and answer. Still there when the card shows something else by now.
   */
  @Requires('read')
  @ApiOkResponse({ type: DriftProofDto })
  @Get('drifts/:id/proof')
  async proof(@Param('id', IdPipe) id: string, @Query() { locale }: LocaleDto): Promise<object> {
    const { pool } = this.parts;
    const drift = await driftById(pool, id);
    if (drift === undefined) throw notFound('The drift', 'id', id);
    const [entries, story] = await Promise.all([evidenceOfListing(pool, drift.listing_id), explain(pool, drift.listing_id)]);
    const facet = FACETS.find((known) => known === drift.facet);
    const noticed = entries.find((entry) => entry.kind === 'drift.noticed' && entry.driftId === id);
    const about = this.about(entries, id, drift.facet);
    const bySeq = new Map(entries.map((entry) => [entry.seq, entry]));
    const writer = facet === undefined ? undefined : judgeLastWriter(entries, facet, drift.part, id);
    return {
      before: facet !== undefined && noticed?.kind === 'drift.noticed' && noticed.body !== undefined ? await this.before(drift, facet, noticed.body) : null,
      last_writer: writer === undefined ? null : { ours: writer.ours, why: writer.why, shown: lastWriterText(writer, locale, timeWriter(locale)) },
      lines: (story?.lines ?? [])
        .filter((line) => line.driftId === id || (line.intentId !== undefined && about.has(line.intentId)))
        .map((line) => ({
          at: line.at,
          kind: line.kind,
          seq: line.seq ?? null,
          shown: storyText(line.text, locale),
          ...exchangeOf(line.seq === undefined ? undefined : bySeq.get(line.seq)),
        })),
    };
  }

  /** The pushes of this facet between its noticing and its healing. */
  private about(entries: readonly RecordedEvidence[], driftId: string, facet: string): ReadonlySet<string> {
    const first = entries.findIndex((entry) => entry.driftId === driftId);
    const healed = entries.findIndex((entry) => entry.driftId === driftId && entry.kind === 'drift.healed');
    const during = first < 0 ? [] : entries.slice(first, healed < 0 ? undefined : healed + 1);
    return new Set(
      during.flatMap((entry) =>
        entry.kind === 'push.intent' && entry.intentId !== undefined && entry.body?.facets.some((touched) => touched === facet) === true ? [entry.intentId] : [],
      ),
    );
  }

  private async before(drift: DriftRow, facet: Facet, body: DriftNoticed): Promise<object> {
    const { pool } = this.parts;
    const { account_id: accountId, listing_id: listingId } = drift;
    const { desired, observed } = body;
    const comparable = desired !== undefined && desired !== null && observed !== undefined && observed !== null;
    // The ledger's documents have the contract's shapes: only values of those are put there.
    const changes = await visibleChanges(pool, accountId, facet, comparable ? explainChange(facet, desired as FacetValue, observed as FacetValue) : []);
    return {
      facet,
      part: body.part,
      desired: desired ?? null,
      observed: observed ?? null,
      changes,
      names: await fieldNames(pool, listingId, facet, changes),
      ...(facet === 'media' ? { pictures: { desired: await shownPictures(pool, accountId, desired), observed: await this.pictures(accountId, body) } } : {}),
    };
  }

  /** Our own copies first: the channel forgets a picture that is no longer shown. */
  private async pictures(accountId: string, { observed, pictures }: DriftNoticed): Promise<ShownPicture[]> {
    const kept = new Map((pictures ?? []).flatMap(({ url, digest }) => (digest === undefined ? [] : [[url, digest] as const])));
    return (await shownPictures(this.parts.pool, accountId, observed)).map((shown) => {
      const digest = kept.get(shown.value);
      return digest === undefined ? shown : { ...shown, src: seenPath(digest) };
    });
  }
}
