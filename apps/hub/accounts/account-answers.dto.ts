import { FACETS } from '#channels/contract';
import { AnyField, IdField, ListField, MapField, NumberField, OneOfField, PartField, TextField, TextsField, TimeField, WholeField, YesNoField } from '../http/answer-fields.js';
import { DiagnosticDto } from '../http/diagnostic.dto.js';
import { ACCOUNT_STATES } from '../status/status.dto.js';
import { MODES } from './accounts.dto.js';

class LocalTextDto {
  @TextField()
  readonly ru!: string;

  @TextField()
  readonly en!: string;

  @TextField()
  readonly zh!: string;
}

class CredentialFieldDto {
  @TextField()
  readonly key!: string;

  @PartField(LocalTextDto)
  readonly title!: LocalTextDto;

  @YesNoField({ description: 'encrypted at rest and never shown again' })
  readonly secret!: boolean;

  @YesNoField()
  readonly required!: boolean;
}

class LaneDto {
  @TextField()
  readonly id!: string;

  @TextsField()
  readonly facets!: readonly string[];

  @NumberField()
  readonly every_seconds!: number;
}

export class ChannelDto {
  @TextField()
  readonly id!: string;

  @PartField(LocalTextDto)
  readonly title!: LocalTextDto;

  @ListField(CredentialFieldDto)
  readonly credentials!: readonly CredentialFieldDto[];

  @TextsField()
  readonly facets!: readonly string[];

  @ListField(LaneDto)
  readonly lanes!: readonly LaneDto[];
}

class QuietHoursPartDto {
  @TextField({ description: 'UTC on the account’s clock' })
  readonly from!: string;

  @TextField()
  readonly to!: string;
}

/** How far Etalon goes by itself with each facet. */
const ModesField = (): PropertyDecorator => MapField({ type: 'string', enum: [...MODES] }, { description: `by facet: ${FACETS.join(', ')}` });

/** An account as it may be shown: never its secrets. */
export class AccountDto {
  @IdField()
  readonly id!: string;

  @TextField()
  readonly channel!: string;

  @TextField()
  readonly title!: string;

  @TextField({ nullable: true, description: 'whose shop it is' })
  readonly legal_entity!: string | null;

  @YesNoField({ description: 'an equal barcode joins a live card to its product without asking' })
  readonly match_by_barcode!: boolean;

  @OneOfField(ACCOUNT_STATES)
  readonly state!: string;

  @TextField({ nullable: true })
  readonly state_reason!: string | null;

  @TimeField({ nullable: true, description: 'on the account’s clock' })
  readonly pause_until!: string | null;

  @PartField(QuietHoursPartDto, { nullable: true })
  readonly quiet_hours!: QuietHoursPartDto | null;

  @YesNoField({ description: 'a simulated channel' })
  readonly sandbox!: boolean;

  @TimeField({ description: 'the present time on the account’s clock' })
  readonly now!: string;

  @AnyField({ description: 'the last look at key, roles and limits; null: none yet' })
  readonly health!: unknown;

  @ModesField()
  readonly modes!: Readonly<Record<string, string>>;
}

/** What the channel says to a key that is not kept yet. */
export class AccountCheckDto {
  @OneOfField(['good', 'refused', 'unreachable'], { description: 'unreachable: the channel did not answer, so nothing is known' })
  readonly verdict!: string;

  @TimeField({ nullable: true, description: 'when the key ends; null: the channel does not say' })
  readonly expires_at!: string | null;

  @ListField(DiagnosticDto, { description: 'rights that are missing, an end that is near' })
  readonly findings!: readonly DiagnosticDto[];
}

export class ChangedFacetsDto {
  @WholeField({ description: 'how many facets went back to work' })
  readonly facets!: number;
}

export class NudgedDto {
  @YesNoField({ description: 'false: the queue did not take it, the next tick will do it' })
  readonly nudged!: boolean;
}

export class PolicyModesDto {
  @IdField()
  readonly account!: string;

  @ModesField()
  readonly modes!: Readonly<Record<string, string>>;
}

export class PolicySetDto extends PolicyModesDto {
  @WholeField({ description: 'facets that the old mode held and that are decided anew' })
  readonly released!: number;
}

class FacetPreviewDto {
  @OneOfField(FACETS)
  readonly facet!: string;

  @OneOfField(MODES)
  readonly from!: string;

  @OneOfField(MODES)
  readonly to!: string;

  @WholeField({ description: 'differences on the channel that would be repaired' })
  readonly repairs!: number;

  @WholeField({ description: 'changes of the catalog that would be sent' })
  readonly changes!: number;

  @WholeField({ description: 'held ones that would wait for a person’s approval' })
  readonly waits!: number;

  @WholeField({ description: 'ones under way that would be held' })
  readonly stops!: number;
}

/** What another mode would do at once; nothing is changed. */
export class PolicyPreviewDto {
  @IdField()
  readonly account!: string;

  @ListField(FacetPreviewDto, { description: 'only facets whose mode changes' })
  readonly facets!: readonly FacetPreviewDto[];

  @WholeField({ description: 'cards that would be written to' })
  readonly cards!: number;

  @TextsField({ description: 'up to 10 of them, by SKU or key' })
  readonly examples!: readonly string[];
}

class BudgetDto {
  @TextField()
  readonly bucket!: string;

  @NumberField()
  readonly left!: number;

  @NumberField()
  readonly limit!: number;
}

class QuotaForecastDto {
  @TextField({ nullable: true, description: "the quota's name on the channel" })
  readonly quota!: string | null;

  @WholeField({ description: 'cards that wait for it' })
  readonly listings!: number;

  @TimeField({ description: 'when the quota comes back' })
  readonly until!: string;

  @TimeField({ nullable: true, description: "when the last of them will have had its turn; null while the quota's size is not known" })
  readonly done_by!: string | null;
}

export class AccountFiguresDto {
  @IdField()
  readonly account!: string;

  @TimeField()
  readonly now!: string;

  @WholeField()
  readonly noticed!: number;

  @WholeField()
  readonly open!: number;

  @WholeField()
  readonly healed!: number;

  @WholeField({ description: 'wait for a person' })
  readonly stopped!: number;

  @NumberField({ nullable: true })
  readonly median_heal_seconds!: number | null;

  @NumberField({ nullable: true })
  readonly worst_heal_seconds!: number | null;

  @NumberField({ nullable: true })
  readonly oldest_open_seconds!: number | null;

  @NumberField({ nullable: true, description: 'share of ended drifts that were healed; null before the first' })
  readonly repair_success!: number | null;

  @ListField(BudgetDto)
  readonly budget!: readonly BudgetDto[];

  @ListField(QuotaForecastDto)
  readonly waiting!: readonly QuotaForecastDto[];
}
