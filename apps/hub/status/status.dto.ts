import { IdField, ListField, MapField, OneOfField, PartField, TextField, WholeField } from '../http/answer-fields.js';
import { DiagnosticDto } from '../http/diagnostic.dto.js';

/** Each listing counts once, worst first: the seven states add up to `listings`. */
class CountsDto {
  @WholeField()
  readonly listings!: number;

  @WholeField()
  readonly in_sync!: number;

  @WholeField()
  readonly pending!: number;

  @WholeField()
  readonly drifted!: number;

  @WholeField()
  readonly failing!: number;

  @WholeField()
  readonly held!: number;

  @WholeField()
  readonly ignored!: number;

  @WholeField()
  readonly unknown!: number;
}

export const ACCOUNT_STATES = ['active', 'paused', 'unauthorised', 'braked'];

export class AccountStatusDto extends CountsDto {
  @IdField()
  readonly id!: string;

  @TextField()
  readonly channel!: string;

  @TextField()
  readonly title!: string;

  @OneOfField(ACCOUNT_STATES)
  readonly state!: string;

  @TextField({ nullable: true })
  readonly state_reason!: string | null;

  @MapField({ type: ['integer', 'null'] }, { description: 'seconds on the account’s clock since the last finished read of each facet; null: none yet' })
  readonly sweep_age_seconds!: Readonly<Record<string, number | null>>;

  @ListField(DiagnosticDto, { description: 'a key near its end, a missing role; worst first' })
  readonly alarms!: readonly DiagnosticDto[];
}

class DemoAccountDto {
  @IdField()
  readonly account_id!: string;

  @TextField()
  readonly channel!: string;

  @TextField({ nullable: true, description: 'followed by an article: where buyers see the card' })
  readonly shop_url!: string | null;
}

/** How far the making of the demo is. */
export class DemoProgressDto {
  @OneOfField(['waiting', 'generating', 'ready', 'failed'])
  readonly state!: string;

  @WholeField()
  readonly made!: number;

  @WholeField()
  readonly of!: number;

  @IdField({ nullable: true })
  readonly account_id!: string | null;

  @ListField(DemoAccountDto)
  readonly accounts!: readonly DemoAccountDto[];

  @TextField({ nullable: true })
  readonly sandbox_url!: string | null;

  @TextField({ optional: true })
  readonly reason?: string;
}

export class HubStatusDto extends CountsDto {
  @ListField(AccountStatusDto)
  readonly accounts!: readonly AccountStatusDto[];

  @WholeField({ description: 'products in the catalog' })
  readonly products!: number;

  @PartField(DemoProgressDto, { optional: true })
  readonly demo?: DemoProgressDto;
}
