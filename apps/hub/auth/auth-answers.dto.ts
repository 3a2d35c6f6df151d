import { IdField, OneOfField, TextField, TextsField, TimeField } from '../http/answer-fields.js';
import { ROLES, SCOPES } from './scopes.js';

export class SignedInDto {
  @TextField()
  readonly name!: string;

  @OneOfField(ROLES)
  readonly role!: string;
}

export class CallerDto {
  @OneOfField(['user', 'token'])
  readonly kind!: string;

  @TextField()
  readonly name!: string;

  @TextsField({ description: `of ${SCOPES.join(', ')}` })
  readonly scopes!: readonly string[];
}

export class NewPasswordDto {
  @TextField()
  readonly name!: string;

  @TextField({ description: 'shown once' })
  readonly password!: string;
}

export class ApiTokenDto {
  @IdField()
  readonly id!: string;

  @TextField()
  readonly name!: string;

  @TextsField()
  readonly scopes!: readonly string[];

  @TextField({ description: 'who made it' })
  readonly author!: string;

  @TimeField()
  readonly created_at!: string;

  @TimeField({ nullable: true })
  readonly expires_at!: string | null;
}

export class NewTokenDto {
  @IdField()
  readonly id!: string;

  @TextField({ description: 'shown once' })
  readonly token!: string;
}
