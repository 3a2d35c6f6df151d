import { AnyField, ListField, MapField, PartField, TextField, YesNoField } from '../http/answer-fields.js';

class WordSpanDto {
  @YesNoField()
  readonly same!: boolean;

  @TextField()
  readonly expected!: string;

  @TextField()
  readonly live!: string;
}

class FieldChangeDto {
  @TextField({ description: 'starts with the facet, e.g. attributes.10096' })
  readonly path!: string;

  @AnyField({ description: 'text, number, true/false or null' })
  readonly expected!: unknown;

  @AnyField({ description: 'text, number, true/false or null' })
  readonly live!: unknown;

  @ListField(WordSpanDto, { optional: true, description: 'for texts: the words side by side' })
  readonly words?: readonly WordSpanDto[];
}

class ShownPictureDto {
  @TextField({ description: 'the master’s digest, or the channel’s URL' })
  readonly value!: string;

  @TextField({ description: 'where a browser gets it' })
  readonly src!: string;
}

class BothPicturesDto {
  @ListField(ShownPictureDto)
  readonly desired!: readonly ShownPictureDto[];

  @ListField(ShownPictureDto)
  readonly observed!: readonly ShownPictureDto[];
}

/** One facet of a card, master and channel side by side. */
export class FacetDiffDto {
  @TextField()
  readonly facet!: string;

  @TextField()
  readonly part!: string;

  @AnyField()
  readonly desired!: unknown;

  @AnyField()
  readonly observed!: unknown;

  @ListField(FieldChangeDto)
  readonly changes!: readonly FieldChangeDto[];

  @MapField({ type: 'string' }, { optional: true, description: 'what the channel calls attributes (by path) and categories (by id)' })
  readonly names?: Readonly<Record<string, string>>;

  @PartField(BothPicturesDto, { optional: true })
  readonly pictures?: BothPicturesDto;
}
