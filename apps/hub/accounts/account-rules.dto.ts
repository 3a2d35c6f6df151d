import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsObject, IsOptional } from 'class-validator';
import { FACETS } from '#channels/contract';
import { RULE_TABLES } from '#listings';
import { IdField, ListField, MapField, NumberField, OneOfField, TextField, TextsField, WholeField } from '../http/answer-fields.js';
import { MODES } from './accounts.dto.js';

const TEXTS = { type: 'object', additionalProperties: { type: 'string' } } as const;

export class SetRulesDto {
  @ApiPropertyOptional({ ...TEXTS, description: 'category of the catalog → id of a category of the channel', example: { 'Кружки / Эмалированные': '17028922:91565' } })
  @IsOptional()
  @IsObject({ message: 'must be an object of texts' })
  readonly categories?: Record<string, unknown>;

  @ApiPropertyOptional({ ...TEXTS, description: 'attribute of the catalog → id of an attribute of the channel', example: { Ёмкость: '9000018' } })
  @IsOptional()
  @IsObject({ message: 'must be an object of texts' })
  readonly attributes?: Record<string, unknown>;

  @ApiPropertyOptional({
    ...TEXTS,
    description: 'warehouse of the catalog → warehouse of the channel; empty: all stock goes to the first working one',
    example: { msk: '22142605386000' },
  })
  @IsOptional()
  @IsObject({ message: 'must be an object of texts' })
  readonly warehouses?: Record<string, unknown>;
}

export class AccountRulesDto {
  @IdField()
  readonly account!: string;

  @WholeField({ description: 'goes up with every change' })
  readonly version!: number;

  @MapField({ type: 'string' })
  readonly categories!: Readonly<Record<string, string>>;

  @MapField({ type: 'string' })
  readonly attributes!: Readonly<Record<string, string>>;

  @MapField({ type: 'string' })
  readonly warehouses!: Readonly<Record<string, string>>;
}

class RuleChoiceDto {
  @TextField()
  readonly id!: string;

  @TextField({ description: 'names from the root to the leaf' })
  readonly name!: string;
}

export class TableChoicesDto {
  @OneOfField(RULE_TABLES)
  readonly table!: string;

  @TextsField({ description: 'what the catalog has' })
  readonly names!: readonly string[];

  @ListField(RuleChoiceDto, { nullable: true, description: 'what the channel has; null: nothing to choose from' })
  readonly choices!: readonly RuleChoiceDto[] | null;
}

class RuleChangeDto {
  @OneOfField(RULE_TABLES)
  readonly table!: string;

  @TextField()
  readonly name!: string;

  @TextField({ nullable: true, description: 'null: there is no such row now' })
  readonly from!: string | null;

  @TextField({ nullable: true, description: 'null: the row goes' })
  readonly to!: string | null;
}

class ChangedFacetDto {
  @OneOfField(FACETS)
  readonly facet!: string;

  @OneOfField(MODES)
  readonly mode!: string;

  @WholeField()
  readonly cards!: number;
}

class NewFaultDto {
  @TextField()
  readonly code!: string;

  @TextField({ description: 'empty: about the whole' })
  readonly path!: string;

  @MapField({}, { optional: true, description: 'values of its text, as of the example' })
  readonly params?: Readonly<Record<string, unknown>>;

  @TextField({ optional: true, description: 'what it says, in the language of the reader' })
  readonly text?: string;

  @WholeField()
  readonly cards!: number;

  @TextField({ description: 'SKU of one of them' })
  readonly example!: string;
}

class WithdrawnStockDto {
  @TextField({ description: 'id of the channel' })
  readonly warehouse!: string;

  @TextField({ nullable: true })
  readonly name!: string | null;

  @WholeField({ description: 'cards of which the warehouse still shows pieces' })
  readonly cards!: number;

  @NumberField({ description: 'pieces that go to zero' })
  readonly pieces!: number;
}

/** What other rules would change. */
export class RulesPreviewDto {
  @ListField(RuleChangeDto)
  readonly changes!: readonly RuleChangeDto[];

  @WholeField({ description: 'cards on the account' })
  readonly of!: number;

  @WholeField({ description: 'cards that were looked through: at most 5,000' })
  readonly looked!: number;

  @WholeField({ description: 'cards that would be wanted otherwise than now' })
  readonly cards!: number;

  @TextsField({ description: 'SKUs' })
  readonly examples!: readonly string[];

  @ListField(ChangedFacetDto)
  readonly facets!: readonly ChangedFacetDto[];

  @WholeField({ description: 'cards of which not all can be told before the channel is asked about their new category' })
  readonly unread!: number;

  @WholeField({ description: 'cards that are held back now and would not be then' })
  readonly cured!: number;

  @ListField(NewFaultDto, { description: 'what would hold back cards that are not held back now' })
  readonly faults!: readonly NewFaultDto[];

  @ListField(WithdrawnStockDto, { description: 'warehouses that are left: what we put there is taken back' })
  readonly withdrawn!: readonly WithdrawnStockDto[];
}
