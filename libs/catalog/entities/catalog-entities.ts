import { CategoryEntity } from './category.entity.js';
import { JobEntity } from '../jobs/job.entity.js';
import { ImportRowResultEntity } from './import-row-result.entity.js';
import { MediaEntity } from './media.entity.js';
import { OutboxEntity } from './outbox.entity.js';
import { ProductBarcodeEntity } from './product-barcode.entity.js';
import { ProductModelEntity } from './product-model.entity.js';
import { ProductRevisionEntity } from './product-revision.entity.js';
import { ProductEntity } from './product.entity.js';

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
];
