import { NumberField, YesNoField } from '../http/answer-fields.js';

export class LiveDto {
  @YesNoField()
  readonly live!: boolean;
}

export class ReadinessDto {
  @YesNoField()
  readonly ready!: boolean;

  @YesNoField()
  readonly database!: boolean;

  @YesNoField()
  readonly migrations!: boolean;

  @YesNoField()
  readonly queue!: boolean;

  @NumberField({ nullable: true, description: 'a canary job there and back' })
  readonly queue_round_trip_ms!: number | null;
}
