import { AnyField, IdField, ListField, MapField, OneOfField, TextField, TimeField, WholeField, YesNoField } from '../http/answer-fields.js';
import { DiagnosticDto } from '../http/diagnostic.dto.js';

export class ProductDto {
  @IdField()
  readonly id!: string;

  @TextField()
  readonly sku!: string;

  @WholeField()
  readonly revision!: number;

  @WholeField({ nullable: true, description: 'the last approved revision, which channels are kept at; null while only drafts exist' })
  readonly approved_revision!: number | null;

  @AnyField({ description: 'the product document' })
  readonly document!: object;

  @TimeField()
  readonly created_at!: Date;

  @TimeField()
  readonly updated_at!: Date;
}

export class SavedDto {
  @TextField()
  readonly sku!: string;

  @WholeField()
  readonly revision!: number;

  @YesNoField({ description: 'false: the product said this already and nothing was written' })
  readonly changed!: boolean;
}

export class RevisionDto {
  @WholeField()
  readonly revision!: number;

  @AnyField()
  readonly document!: object;

  @TextField()
  readonly author!: string;

  @AnyField({ description: 'kind (person, import, bulk, restore …) and the occasion: file and row, job, revision' })
  readonly cause!: object;

  @YesNoField()
  readonly approved!: boolean;

  @TimeField()
  readonly created_at!: Date;
}

export class HistoryDto {
  @ListField(RevisionDto)
  readonly items!: readonly RevisionDto[];

  @WholeField({ nullable: true, description: 'for the next page' })
  readonly next_before!: number | null;
}

export class ChangeDto {
  @TextField({ description: 'a field, or a key of one: attributes.Цвет' })
  readonly field!: string;

  @AnyField({ nullable: true })
  readonly before!: unknown;

  @AnyField({ nullable: true })
  readonly after!: unknown;
}

class RevisionHeadDto {
  @WholeField()
  readonly revision!: number;

  @TextField()
  readonly author!: string;

  @AnyField()
  readonly cause!: object;

  @TimeField()
  readonly created_at!: Date;
}

export class ComparisonDto {
  @AnyField({ description: 'revision, author, cause, created_at' })
  readonly from!: RevisionHeadDto;

  @AnyField({ description: 'revision, author, cause, created_at' })
  readonly to!: RevisionHeadDto;

  @ListField(ChangeDto)
  readonly changes!: readonly ChangeDto[];
}

export class IssueDto {
  @TextField()
  readonly field!: string;

  @TextField({ description: 'as given, shortened' })
  readonly value!: string;

  @TextField()
  readonly code!: string;

  @MapField({}, { optional: true })
  readonly params?: Readonly<Record<string, unknown>>;

  @TextField()
  readonly reason!: string;

  @TextField()
  readonly remedy!: string;
}

export class BatchOutcomeDto {
  @TextField()
  readonly sku!: string;

  @OneOfField(['created', 'updated', 'unchanged', 'stale', 'refused', 'held-back'], { description: 'held-back: good, but another item of an all-or-nothing batch was not' })
  readonly kind!: string;

  @WholeField({ optional: true })
  readonly revision?: number;

  @WholeField({ optional: true, description: 'of a stale one, the revision that stands' })
  readonly current?: number;

  @AnyField({ optional: true, description: 'of a stale one, by field: base, current, proposed' })
  readonly fields?: readonly object[];

  @ListField(IssueDto, { optional: true })
  readonly issues?: readonly IssueDto[];
}

export class DraftOutcomeDto {
  @TextField()
  readonly sku!: string;

  @OneOfField(['approved', 'rejected', 'unchanged', 'outdated', 'not-found'])
  readonly kind!: string;

  @WholeField({ optional: true })
  readonly revision?: number;
}

export class ChannelFieldDto {
  @TextField()
  readonly field!: string;

  @AnyField({ nullable: true })
  readonly value!: unknown;

  @OneOfField(['master', 'template', 'override', 'components'])
  readonly from!: string;

  @TextField({ optional: true, description: 'the category a template was written for' })
  readonly category?: string;
}

export class ChannelViewDto {
  @TextField()
  readonly sku!: string;

  @TextField()
  readonly channel!: string;

  @WholeField()
  readonly revision!: number;

  @ListField(ChannelFieldDto)
  readonly fields!: readonly ChannelFieldDto[];

  @ListField(IssueDto, { description: 'values that templates missed' })
  readonly diagnostics!: readonly IssueDto[];
}

export class AccountCompletenessDto {
  @IdField()
  readonly account_id!: string;

  @TextField()
  readonly title!: string;

  @TextField()
  readonly channel!: string;

  @YesNoField({ description: 'the channel would take it as it is' })
  readonly complete!: boolean;

  @ListField(DiagnosticDto)
  readonly missing!: readonly DiagnosticDto[];
}

export class CompletenessDto {
  @TextField()
  readonly sku!: string;

  @WholeField()
  readonly revision!: number;

  @ListField(IssueDto, { description: 'required attributes that are missing, attributes nobody declared' })
  readonly hints!: readonly IssueDto[];

  @ListField(AccountCompletenessDto)
  readonly accounts!: readonly AccountCompletenessDto[];
}

class ConflictSideDto {
  @TextField({ nullable: true })
  readonly sku!: string | null;

  @TextField({ nullable: true, description: 'key of the card on the channel' })
  readonly card!: string | null;
}

export class ConflictDto {
  @OneOfField(['barcode-elsewhere', 'card-twice', 'sku-twins'])
  readonly kind!: string;

  @IdField({ nullable: true })
  readonly account_id!: string | null;

  @TextField({ description: 'what both sides claim: a barcode, a card id, a SKU' })
  readonly value!: string;

  @ListField(ConflictSideDto)
  readonly sides!: readonly ConflictSideDto[];
}
