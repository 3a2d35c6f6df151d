import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayNotEmpty, IsArray, IsIn, IsISO8601, IsOptional, IsString, MaxLength, MinLength } from 'class-validator';
import { SCOPES, type Scope } from './scopes.js';

export class LoginDto {
  @ApiProperty({ example: 'admin' })
  @IsString({ message: 'must be a text' })
  @MinLength(1, { message: 'must not be empty' })
  @MaxLength(200, { message: 'must have at most 200 characters' })
  readonly name!: string;

  @ApiProperty({ format: 'password' })
  @IsString({ message: 'must be a text' })
  @MinLength(1, { message: 'must not be empty' })
  @MaxLength(1000, { message: 'must have at most 1000 characters' })
  readonly password!: string;
}

export class ChangePasswordDto {
  @ApiProperty({ format: 'password' })
  @IsString({ message: 'must be a text' })
  @MaxLength(1000, { message: 'must have at most 1000 characters' })
  readonly current!: string;

  @ApiProperty({ format: 'password', minLength: 8 })
  @IsString({ message: 'must be a text' })
  @MinLength(8, { message: 'must have at least 8 characters' })
  @MaxLength(1000, { message: 'must have at most 1000 characters' })
  readonly password!: string;
}

export class ResetPasswordDto {
  @ApiProperty()
  @IsString({ message: 'must be a text' })
  @MaxLength(200, { message: 'must have at most 200 characters' })
  readonly name!: string;
}

export class CreateTokenDto {
  @ApiProperty({ example: '1C exchange' })
  @IsString({ message: 'must be a text' })
  @MinLength(1, { message: 'must not be empty' })
  @MaxLength(200, { message: 'must have at most 200 characters' })
  readonly name!: string;

  @ApiProperty({ enum: SCOPES, isArray: true })
  @IsArray({ message: `must be a list of ${SCOPES.join(', ')}` })
  @ArrayNotEmpty({ message: 'must name at least one scope' })
  @IsIn(SCOPES, { each: true, message: `must be of ${SCOPES.join(', ')}` })
  readonly scopes!: Scope[];

  @ApiPropertyOptional({ format: 'date-time' })
  @IsOptional()
  @IsISO8601({ strict: true }, { message: 'must be a time such as 2027-01-31T00:00:00Z' })
  readonly expires_at?: string;
}
