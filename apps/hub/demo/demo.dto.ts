import { ApiPropertyOptional, PartialType } from '@nestjs/swagger';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { WholeField, YesNoField } from '../http/answer-fields.js';
import { DemoProgressDto } from '../status/status.dto.js';

export class ScrambleDto {
  @ApiPropertyOptional({ minimum: 0, maximum: 5000, default: 300 })
  @IsOptional()
  @IsInt({ message: 'must be a whole number' })
  @Min(0, { message: 'must be 0 or more' })
  @Max(5_000, { message: 'must be at most 5000' })
  readonly cards: number = 300;

  @ApiPropertyOptional({ minimum: 0, maximum: 5000, default: 0, description: 'cards that change harmlessly' })
  @IsOptional()
  @IsInt({ message: 'must be a whole number' })
  @Min(0, { message: 'must be 0 or more' })
  @Max(5_000, { message: 'must be at most 5000' })
  readonly echoes: number = 0;

  @ApiPropertyOptional({ description: 'the same seed scrambles the same way' })
  @IsOptional()
  @IsInt({ message: 'must be a whole number' })
  @Min(0, { message: 'must be 0 or more' })
  @Max(2_147_483_647, { message: 'must be at most 2147483647' })
  readonly seed?: number;
}

export class DemoDto extends PartialType(DemoProgressDto) {
  @YesNoField()
  readonly on!: boolean;
}

export class ScrambledDto {
  @WholeField()
  readonly seed!: number;

  @WholeField({ description: 'cards that were scrambled' })
  readonly injected!: number;

  @WholeField({ description: 'cards that changed harmlessly' })
  readonly echoes!: number;
}
