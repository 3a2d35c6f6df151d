import { ApiProperty } from '@nestjs/swagger';
import { IsString, Matches, MaxLength, MinLength } from 'class-validator';
import { IdField, PartField, TextField, YesNoField } from '../http/answer-fields.js';

class HeadDto {
  @TextField({ description: 'number of an entry' })
  readonly seq!: string;

  @TextField({ description: 'its hash, hex' })
  readonly hash!: string;
}

export class HeadStandingDto {
  @IdField()
  readonly account!: string;

  @TextField({ description: 'empty: the database knows the account no more' })
  readonly title!: string;

  @PartField(HeadDto, { nullable: true, description: 'the last entry that was kept beside the database' })
  readonly kept!: HeadDto | null;

  @PartField(HeadDto, { nullable: true, description: 'the last entry of the database' })
  readonly found!: HeadDto | null;

  @YesNoField({ description: 'the database does not have what was kept: it was cut, rewritten or restored from an older copy' })
  readonly contradicted!: boolean;

  @YesNoField({ description: 'the chain of the database holds in itself' })
  readonly chain_ok!: boolean;
}

export class AcceptHeadDto {
  @ApiProperty({ description: 'the kept head as it was shown, as seq:hash' })
  @Matches(/^\d{1,19}:[0-9a-f]{64}$/, { message: 'must be the kept head as it was shown, seq:hash', context: { code: 'kept-head' } })
  readonly kept!: string;

  @ApiProperty({ description: 'why; stands in the evidence' })
  @IsString({ message: 'must be a text' })
  @MinLength(3, { message: 'must have at least 3 characters' })
  @MaxLength(500, { message: 'must have at most 500 characters' })
  readonly reason!: string;
}
