import 'reflect-metadata';
import { Type } from 'class-transformer';
import { IsOptional, ValidateNested } from 'class-validator';
import type { AttributeValue, BundleComponent, MediaRef } from './product-document.js';
import { Holds } from './rule.decorator.js';
import * as checks from './value-checks.js';

class ModelDto {
  @Holds(checks.text(100, 1)) code!: string;
  @Holds(checks.axes) axes!: string[];
  @IsOptional() @Holds(checks.text(500, 1)) title?: string;
}

/** A product document as it comes from outside; mirrors `ProductDocument` field by field. */
export class ProductDocumentDto {
  @Holds(checks.sku) sku!: string;
  @Holds(checks.title) title!: string;
  @Holds(checks.text(50_000)) description!: string;
  @IsOptional() @Holds(checks.text(200, 1)) brand?: string;
  @Holds(checks.category) category!: string;
  @IsOptional() @Holds(checks.text(100, 1)) country?: string;
  @IsOptional() @Holds(checks.vat) vat?: number;
  @Holds(checks.keyed(300, checks.attribute)) attributes!: Record<string, AttributeValue>;
  @Holds(checks.media) media!: MediaRef[];
  @IsOptional() @Holds(checks.dimensions) dimensions?: unknown;
  @IsOptional() @Holds(checks.grams(checks.MAX_GRAMS)) weight?: number;
  @Holds(checks.barcodes) barcodes!: string[];
  @IsOptional() @Holds(checks.money) price?: unknown;
  @IsOptional() @Holds(checks.money) oldPrice?: unknown;
  @IsOptional() @Holds(checks.money) minPrice?: unknown;
  @Holds(checks.keyed(200, checks.pieces)) stock!: Record<string, number>;
  @IsOptional() @ValidateNested() @Type(() => ModelDto) model?: ModelDto;
  @IsOptional() @Holds(checks.components) components?: BundleComponent[];
  @IsOptional() @Holds(checks.keyed(20, checks.translation)) translations?: Record<string, unknown>;
  @IsOptional() @Holds(checks.keyed(50, checks.text(200, 1))) externalIds?: Record<string, string>;
  @IsOptional() @Holds(checks.keyed(50, checks.override)) overrides?: Record<string, unknown>;
  @Holds(checks.yesNo) archived!: boolean;
}
