import { LISTING_STATES } from '#reconcile';
import { AnyField, IdField, ListField, OneOfField, PartField, TextField, TimeField, WholeField } from '../http/answer-fields.js';
import { DiagnosticDto } from '../http/diagnostic.dto.js';
import { FacetDiffDto } from './diff.dto.js';

export class ListingDto {
  @IdField()
  readonly id!: string;

  @IdField()
  readonly account_id!: string;

  @IdField({ nullable: true, description: 'null: a card the catalog does not know' })
  readonly product_id!: string | null;

  @TextField({ nullable: true })
  readonly sku!: string | null;

  @TextField({ nullable: true })
  readonly title!: string | null;

  @TextField({ description: 'the seller’s article on the channel' })
  readonly key!: string;

  @TextField({ nullable: true })
  readonly external_id!: string | null;

  @AnyField({ description: 'further ids on the channel' })
  readonly ids!: unknown;

  @OneOfField(LISTING_STATES)
  readonly state!: string;

  @WholeField({ nullable: true })
  readonly planned_revision!: number | null;

  @TimeField({ nullable: true, description: 'nothing is sent for it until then, on the account’s clock' })
  readonly frozen_until!: string | null;
}

class FacetRowDto {
  @TextField()
  readonly facet!: string;

  @TextField({ description: 'warehouse of a stock, else empty' })
  readonly part!: string;

  @TextField({ description: 'see docs/facet-states.md' })
  readonly state!: string;

  @TextField({ nullable: true })
  readonly reason!: string | null;

  @WholeField({ nullable: true })
  readonly desired_revision!: number | null;

  @TimeField()
  readonly since!: string;

  @TimeField({ nullable: true })
  readonly due_at!: string | null;

  @TimeField({ nullable: true })
  readonly settle_until!: string | null;

  @WholeField()
  readonly attempts!: number;

  @IdField({ nullable: true })
  readonly drift_id!: string | null;

  @IdField({ nullable: true })
  readonly intent_id!: string | null;
}

class RefusedPathDto {
  @TextField()
  readonly path!: string;

  @WholeField({ nullable: true })
  readonly revision!: number | null;

  @TextField()
  readonly code!: string;

  @TextField({ nullable: true })
  readonly message!: string | null;

  @TextField({ optional: true, description: 'what it says, in the language of the reader' })
  readonly text?: string;

  @TimeField()
  readonly since!: string;
}

export class ListingWithFacetsDto extends ListingDto {
  @ListField(FacetRowDto)
  readonly facets!: readonly FacetRowDto[];

  @ListField(RefusedPathDto)
  readonly refused_paths!: readonly RefusedPathDto[];
}

class RenderedDto {
  @WholeField()
  readonly revision!: number;

  @WholeField()
  readonly rules_version!: number;

  @AnyField({ description: 'values by facet' })
  readonly values!: unknown;

  @ListField(DiagnosticDto, { description: 'findings of the rendering' })
  readonly diagnostics!: readonly DiagnosticDto[];

  @TimeField()
  readonly created_at!: string;
}

export class ListingRenderDto {
  @PartField(RenderedDto, { nullable: true })
  readonly rendered!: RenderedDto | null;

  @ListField(FacetDiffDto)
  readonly diff!: readonly FacetDiffDto[];
}

class ListingDiffDto extends ListingDto {
  @ListField(FacetRowDto)
  readonly facets!: readonly FacetRowDto[];

  @ListField(FacetDiffDto)
  readonly diff!: readonly FacetDiffDto[];
}

export class SkuDiffDto {
  @TextField()
  readonly sku!: string;

  @ListField(ListingDiffDto)
  readonly listings!: readonly ListingDiffDto[];
}
