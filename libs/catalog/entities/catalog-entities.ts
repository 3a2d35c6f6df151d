import { AttributeDeclarationEntity } from './attribute-declaration.entity.js';
import { BulkChangeEntity } from './bulk-change.entity.js';
import { BulkRefusalEntity } from './bulk-refusal.entity.js';
import { CatalogSettingEntity } from './catalog-setting.entity.js';
import { CategoryEntity } from './category.entity.js';
import { JobEntity } from '../jobs/job.entity.js';
import { ContentTemplateEntity } from './content-template.entity.js';
import { ImportKeyEntity, ImportMappingEntity, ImportPrintEntity, ImportStagedEntity, ProductExternalIdEntity } from '../import/import-entities.js';
import { ImportRowResultEntity } from '../import/import-row-result.entity.js';
import { MediaEntity } from './media.entity.js';
import { OutboxEntity } from './outbox.entity.js';
import { ProductAttributeKeyEntity } from './product-attribute-key.entity.js';
import { ProductBarcodeEntity } from './product-barcode.entity.js';
import { ProductComponentEntity } from './product-component.entity.js';
import { ProductModelEntity } from './product-model.entity.js';
import { ProductWordsEntity } from './product-words.entity.js';
import { ProductRevisionEntity } from './product-revision.entity.js';
import { ProductEntity } from './product.entity.js';
import { PictureSourceEntity } from '../media/fetched/picture-source.entity.js';
import { PictureWishEntity } from '../media/fetched/picture-wish.entity.js';

export const catalogEntities = [
  ProductEntity,
  ProductRevisionEntity,
  ProductBarcodeEntity,
  ProductModelEntity,
  CategoryEntity,
  MediaEntity,
  OutboxEntity,
  JobEntity,
  ImportRowResultEntity,
  ImportKeyEntity,
  ImportStagedEntity,
  ImportPrintEntity,
  ImportMappingEntity,
  ProductExternalIdEntity,
  AttributeDeclarationEntity,
  ProductAttributeKeyEntity,
  ProductWordsEntity,
  ProductComponentEntity,
  ContentTemplateEntity,
  CatalogSettingEntity,
  BulkChangeEntity,
  BulkRefusalEntity,
  PictureSourceEntity,
  PictureWishEntity,
];
