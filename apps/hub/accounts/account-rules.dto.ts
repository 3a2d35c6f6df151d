import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsObject, IsOptional } from 'class-validator';
import { IdField, MapField, WholeField } from '../http/answer-fields.js';

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
