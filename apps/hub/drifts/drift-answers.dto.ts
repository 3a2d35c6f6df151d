import { FACETS } from '#channels/contract';
import { DRIFT_CAUSES, DRIFT_KINDS, DRIFT_STATES } from '#reconcile';
import { AnyField, IdField, ListField, MapField, OneOfField, PartField, TextField, TextsField, TimeField, WholeField, YesNoField } from '../http/answer-fields.js';
import { FacetDiffDto } from '../listings/diff.dto.js';

class PartnerDto {
  @IdField()
  readonly listingId!: string;

  @TextField()
  readonly sku!: string;
}

/** Times are the account's clock. */
export class DriftDto {
  @IdField()
  readonly id!: string;

  @IdField()
  readonly account_id!: string;

  @IdField()
  readonly listing_id!: string;

  @TextField({ description: 'the seller’s article on the channel' })
  readonly key!: string;

  @TextField({ nullable: true })
  readonly external_id!: string | null;

  @TextField({ nullable: true })
  readonly sku!: string | null;

  @TextField({ nullable: true })
  readonly title!: string | null;

  @OneOfField(FACETS)
  readonly facet!: string;

  @TextField({ description: 'warehouse of a stock, else empty' })
  readonly part!: string;

  @OneOfField(DRIFT_KINDS)
  readonly kind!: string;

  @OneOfField(DRIFT_CAUSES)
  readonly cause!: string;

  @ListField(PartnerDto, { nullable: true, description: 'other cards whose content is shown' })
  readonly partners!: readonly PartnerDto[] | null;

  @AnyField()
  readonly details!: unknown;

  @OneOfField(DRIFT_STATES)
  readonly state!: string;

  @TextField({ nullable: true })
  readonly reason!: string | null;

  @WholeField({ nullable: true })
  readonly revision!: number | null;

  @IdField({ nullable: true, description: 'the first drift of the same story' })
  readonly story!: string | null;

  @WholeField()
  readonly repeats!: number;

  @WholeField()
  readonly repairs!: number;

  @TimeField()
  readonly noticed_at!: string;

  @TimeField({ nullable: true })
  readonly repaired_at!: string | null;

  @TimeField({ nullable: true })
  readonly healed_at!: string | null;

  @TimeField({ nullable: true })
  readonly held_until!: string | null;

  @TimeField({ nullable: true, description: 'when its repair is due' })
  readonly due_at!: string | null;

  @TextField({ nullable: true })
  readonly facet_state!: string | null;

  @TextField({ nullable: true })
  readonly facet_reason!: string | null;
}

export class DriftWithDiffDto extends DriftDto {
  @PartField(FacetDiffDto, { nullable: true })
  readonly diff!: FacetDiffDto | null;
}

export class DriftSummaryDto {
  @WholeField()
  readonly open!: number;

  @MapField({ type: 'integer' })
  readonly by_kind!: Readonly<Record<string, number>>;

  @MapField({ type: 'integer' })
  readonly by_cause!: Readonly<Record<string, number>>;
}

class LastWriterDto {
  @YesNoField({ nullable: true, description: 'null: it cannot be said' })
  readonly ours!: boolean | null;

  @TextField()
  readonly why!: string;

  @TextField()
  readonly shown!: string;
}

class ProofLineDto {
  @TimeField()
  readonly at!: string;

  @TextField()
  readonly kind!: string;

  @IdField({ nullable: true, description: 'place in the chain of evidence' })
  readonly seq!: string | null;

  @TextField()
  readonly shown!: string;

  @AnyField({ optional: true, description: 'what left the hub, secrets redacted' })
  readonly request?: unknown;

  @AnyField({ optional: true })
  readonly answer?: unknown;
}

export class DriftProofDto {
  @PartField(FacetDiffDto, { nullable: true, description: 'as it was found' })
  readonly before!: FacetDiffDto | null;

  @PartField(LastWriterDto, { nullable: true })
  readonly last_writer!: LastWriterDto | null;

  @ListField(ProofLineDto)
  readonly lines!: readonly ProofLineDto[];
}

export class IgnoreMadeDto {
  @IdField()
  readonly id!: string;

  @WholeField({ description: 'cards it silenced' })
  readonly cards!: number;
}

export class IgnorePreviewDto {
  @WholeField({ description: 'cards whose drift it silences whole' })
  readonly cards!: number;

  @WholeField({ description: 'cards that differ elsewhere too and stay drifted' })
  readonly still_drifted!: number;

  @TextsField({ description: 'up to 20 of the silenced, by SKU or key' })
  readonly examples!: readonly string[];
}

export class IgnoreEndedDto {
  @WholeField({ description: 'facets that count again' })
  readonly cards!: number;
}

export class IgnoreRuleRowDto {
  @IdField()
  readonly id!: string;

  @IdField()
  readonly account_id!: string;

  @IdField({ nullable: true, description: 'null: the whole account' })
  readonly listing_id!: string | null;

  @TextField({ nullable: true })
  readonly sku!: string | null;

  @OneOfField(FACETS)
  readonly facet!: string;

  @TextField({ nullable: true, description: 'null: the whole facet' })
  readonly path!: string | null;

  @TextField()
  readonly author!: string;

  @TextField()
  readonly reason!: string;

  @TimeField({ nullable: true, description: 'on the account’s clock; null: never' })
  readonly expires_at!: string | null;

  @TimeField()
  readonly created_at!: string;
}
