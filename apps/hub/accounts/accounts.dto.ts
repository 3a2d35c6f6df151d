import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsISO8601, IsObject, IsOptional, IsString, Matches, MaxLength, MinLength, ValidateIf } from 'class-validator';
import { FACETS } from '#channels/contract';

export const MODES = ['observe', 'approve', 'auto'] as const;
const HOUR = /^([01]\d|2[0-3]):[0-5]\d$/;

export class AddAccountDto {
  @ApiProperty({ example: 'ozon' })
  @IsString({ message: 'must be the id of a channel', context: { code: 'channel' } })
  @MaxLength(50, { message: 'must be the id of a channel', context: { code: 'channel' } })
  readonly channel!: string;

  @ApiPropertyOptional({ description: 'shown to people; the channel’s name when absent' })
  @IsOptional()
  @IsString({ message: 'must be a text' })
  @MinLength(1, { message: 'must not be empty' })
  @MaxLength(200, { message: 'must have at most 200 characters' })
  readonly title?: string;

  @ApiPropertyOptional({ description: 'whose shop it is, for people who keep several' })
  @IsOptional()
  @IsString({ message: 'must be a text' })
  @MinLength(1, { message: 'must not be empty' })
  @MaxLength(200, { message: 'must have at most 200 characters' })
  readonly legal_entity?: string;

  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' }, description: 'the fields of the channel’s form; secrets are encrypted and never shown again' })
  @IsObject({ message: 'must be an object of the channel’s fields' })
  readonly credentials!: Record<string, unknown>;
}

/** A channel and the fields of its form, to be tried before they are kept. */
export class CheckAccountDto {
  @ApiProperty({ example: 'ozon' })
  @IsString({ message: 'must be the id of a channel', context: { code: 'channel' } })
  @MaxLength(50, { message: 'must be the id of a channel', context: { code: 'channel' } })
  readonly channel!: string;

  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } })
  @IsObject({ message: 'must be an object of the channel’s fields' })
  readonly credentials!: Record<string, unknown>;
}

export class CredentialsDto {
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } })
  @IsObject({ message: 'must be an object of the channel’s fields' })
  readonly credentials!: Record<string, unknown>;
}

export class PauseDto {
  @ApiProperty({ example: 'stock count' })
  @IsString({ message: 'must be a text' })
  @MinLength(1, { message: 'must say why' })
  @MaxLength(500, { message: 'must have at most 500 characters' })
  readonly reason!: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'on the account’s clock; without it until resumed' })
  @IsOptional()
  @IsISO8601({ strict: true }, { message: 'must be a time such as 2027-01-31T00:00:00Z' })
  readonly until?: string;
}

export class PolicyDto {
  @ApiProperty({ enum: MODES })
  @IsIn(MODES, { message: `must be one of ${MODES.join(', ')}` })
  readonly mode!: (typeof MODES)[number];
}

export class FacetParamDto {
  @ApiProperty({ enum: [...FACETS, 'all'] })
  @IsIn([...FACETS, 'all'], { message: `must be one of ${FACETS.join(', ')}, or all` })
  readonly facet!: (typeof FACETS)[number] | 'all';

  @ApiProperty()
  @Matches(/^.{1,200}$/, { message: 'must be an account', context: { code: 'name' } })
  readonly account!: string;
}

export class QuietHoursDto {
  @ApiProperty({ example: '22:00', nullable: true, description: 'UTC on the account’s clock; both null: none' })
  @ValidateIf((body: QuietHoursDto) => body.from !== null || body.to !== null)
  @Matches(HOUR, { message: 'must be a time such as 22:00', context: { code: 'hour' } })
  readonly from!: string | null;

  @ApiProperty({ example: '06:00', nullable: true })
  @ValidateIf((body: QuietHoursDto) => body.from !== null || body.to !== null)
  @Matches(HOUR, { message: 'must be a time such as 06:00', context: { code: 'hour' } })
  readonly to!: string | null;
}

export class PolicyQueryDto {
  @ApiProperty({ enum: MODES })
  @IsIn(MODES, { message: `must be one of ${MODES.join(', ')}` })
  readonly mode!: (typeof MODES)[number];
}
