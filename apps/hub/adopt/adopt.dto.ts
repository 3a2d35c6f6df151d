import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsBoolean, IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { DUPLICATE_SIGNS, MATCH_DECISIONS, PROPOSAL_STATES, type MatchDecision } from '#reconcile';
import { AnyField, IdField, ListField, MapField, NumberField, OneOfField, TextField, TextsField, TimeField, WholeField, YesNoField } from '../http/answer-fields.js';
import { PagingDto } from '../http/paging.dto.js';

export class ProposalQueryDto extends PagingDto {
  @ApiPropertyOptional({ enum: PROPOSAL_STATES })
  @IsOptional()
  @IsIn(PROPOSAL_STATES, { message: `must be one of ${PROPOSAL_STATES.join(', ')}` })
  readonly state?: string;

  @ApiPropertyOptional({ description: 'only those of one card' })
  @IsOptional()
  @Matches(/^[1-9]\d{0,17}$/, { message: 'must be a listing id', context: { code: 'id' } })
  readonly listing?: string;
}

export class MatchDecisionDto {
  @ApiProperty({ enum: MATCH_DECISIONS, description: 'reopen takes the last decision back: it undoes a match' })
  @IsIn(MATCH_DECISIONS, { message: `must be one of ${MATCH_DECISIONS.join(', ')}` })
  readonly decision!: MatchDecision;
}

export class AdoptCardsDto {
  @ApiPropertyOptional({ type: [String], description: 'articles of the cards; without it every card without a product that no product is proposed for' })
  @IsOptional()
  @IsArray({ message: 'must be a list of articles' })
  @ArrayMaxSize(5000, { message: 'must have at most 5000 articles' })
  @IsString({ each: true, message: 'must be a list of articles' })
  @MaxLength(200, { each: true, message: 'must be a list of articles' })
  readonly keys?: readonly string[];

  @ApiPropertyOptional({ description: 'shows what would be created and creates nothing' })
  @IsOptional()
  @IsBoolean({ message: 'must be true or false' })
  readonly dry_run?: boolean;
}

export class MatchingRuleDto {
  @ApiProperty({ description: 'an equal barcode joins a live card to its product without asking' })
  @IsBoolean({ message: 'must be true or false' })
  readonly by_barcode!: boolean;
}

/** A live card and the product it may belong to. */
export class ProposalDto {
  @IdField()
  readonly id!: string;

  @IdField()
  readonly listing_id!: string;

  @TextField({ description: "the seller's article on the channel" })
  readonly key!: string;

  @TextField({ nullable: true })
  readonly card_title!: string | null;

  @TextField({ nullable: true })
  readonly card_picture!: string | null;

  @IdField()
  readonly product_id!: string;

  @TextField()
  readonly sku!: string;

  @TextField()
  readonly product_title!: string;

  @NumberField({ description: '0 to 100' })
  readonly score!: number;

  @AnyField({ description: 'what speaks for it: barcode, title (percent of words in common), picture' })
  readonly reasons!: unknown;

  @OneOfField(PROPOSAL_STATES)
  readonly state!: string;

  @TextField({ nullable: true, description: 'a person, or rule:barcode' })
  readonly decided_by!: string | null;

  @TimeField({ nullable: true, description: 'on the account’s clock' })
  readonly decided_at!: string | null;
}

/** A live card that no product has. */
export class OrphanDto {
  @IdField()
  readonly listing_id!: string;

  @TextField()
  readonly key!: string;

  @TextField({ nullable: true })
  readonly external_id!: string | null;

  @TextField({ nullable: true })
  readonly title!: string | null;

  @TextField({ nullable: true })
  readonly picture!: string | null;

  @TextField()
  readonly presence!: string;

  @WholeField({ description: 'open proposals' })
  readonly proposals!: number;

  @WholeField({ nullable: true, description: 'of the surest' })
  readonly best_score!: number | null;
}

class DuplicateCardDto {
  @IdField()
  readonly listing_id!: string;

  @TextField()
  readonly key!: string;

  @TextField({ nullable: true })
  readonly sku!: string | null;

  @TextField({ nullable: true })
  readonly title!: string | null;
}

export class DuplicatesDto {
  @OneOfField(DUPLICATE_SIGNS, { description: 'what the cards share' })
  readonly sign!: string;

  @TextField()
  readonly value!: string;

  @ListField(DuplicateCardDto)
  readonly cards!: readonly DuplicateCardDto[];
}

class KindReportDto {
  @TextField()
  readonly kind!: string;

  @WholeField()
  readonly cards!: number;

  @TextsField({ description: 'up to 5 of them, by SKU or key' })
  readonly examples!: readonly string[];
}

/** What connecting an account has shown, before a single write. */
export class FirstReportDto {
  @IdField()
  readonly account!: string;

  @TextField()
  readonly title!: string;

  @YesNoField({ description: 'false: some facet may be written to by itself' })
  readonly observes!: boolean;

  @YesNoField({ description: 'all live cards are known' })
  readonly complete!: boolean;

  @WholeField({ description: 'products with a card' })
  readonly matched!: number;

  @WholeField({ description: 'products without one' })
  readonly missing!: number;

  @WholeField({ description: 'cards without a product' })
  readonly orphans!: number;

  @WholeField({ description: 'matched cards that show what the catalog wants' })
  readonly right!: number;

  @WholeField({ description: 'matched cards that show something else' })
  readonly differing!: number;

  @WholeField({ description: 'matched cards whose product the channel would not take as it is; matched less these three is still being checked' })
  readonly failing!: number;

  @ListField(KindReportDto, { description: 'what differs, most first' })
  readonly drifts!: readonly KindReportDto[];

  @WholeField({ description: 'open proposals' })
  readonly proposals!: number;

  @WholeField({ description: 'orphans with a proposal' })
  readonly proposed!: number;

  @WholeField({ description: 'orphans with a strong proposal that no other comes near' })
  readonly strong!: number;

  @WholeField({ description: 'groups of cards that seem to sell the same' })
  readonly duplicates!: number;

  @WholeField({ description: 'matched cards of whose description the product says nothing: it is left as it is' })
  readonly textless!: number;

  @WholeField({ description: 'the same of pictures' })
  readonly pictureless!: number;

  @MapField({ type: 'integer' }, { description: 'by facet: how many would be written to if every repair and change were allowed' })
  readonly writes!: Readonly<Record<string, number>>;
}

export class MatchingRuleSetDto {
  @IdField()
  readonly account!: string;

  @YesNoField()
  readonly by_barcode!: boolean;
}
