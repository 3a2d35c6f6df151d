import { type DynamicModule, Module, type Provider, type Type } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE, DiscoveryModule } from '@nestjs/core';
import { ScheduleModule } from '@nestjs/schedule';
import type { Pool } from 'pg';
import { AccountDirectory } from './accounts/account-directory.js';
import { AccountCheckController } from './accounts/account-check.controller.js';
import { AccountFiguresController } from './accounts/account-figures.controller.js';
import { ContractBreaksController } from './accounts/contract-breaks.controller.js';
import { AccountRemovalController } from './accounts/account-removal.controller.js';
import { AccountRulesController } from './accounts/account-rules.controller.js';
import { AccountsController } from './accounts/accounts.controller.js';
import { ApiTokens } from './auth/api-tokens.js';
import { AdoptController } from './adopt/adopt.controller.js';
import { AuthController } from './auth/auth.controller.js';
import { AuthGuard } from './auth/auth.guard.js';
import { LoginAttempts } from './auth/login-attempts.js';
import { Sessions } from './auth/sessions.js';
import { Users } from './auth/users.js';
import { BulkController } from './bulk/bulk.controller.js';
import { CategoriesController } from './categories/categories.controller.js';
import { CasesController } from './cases/cases.controller.js';
import { ConsoleController } from './console/console.controller.js';
import { DemoController } from './demo/demo.controller.js';
import { DriftProofController } from './drifts/drift-proof.controller.js';
import { DriftsController } from './drifts/drifts.controller.js';
import { IgnoreRulesController } from './drifts/ignore-rules.controller.js';
import { EvidenceHeadsController } from './evidence/evidence-heads.controller.js';
import { EvidenceController } from './evidence/evidence.controller.js';
import { ExportsController } from './exports/exports.controller.js';
import { EventsController } from './events/events.controller.js';
import { LiveFeed } from './events/live-feed.js';
import { HealthController } from './health/health.controller.js';
import { HubMetrics } from './health/metrics.js';
import { AccountHooksController } from './hooks/account-hooks.controller.js';
import { DeliveryLog } from './hooks/delivery-log.js';
import { DeliveryRate } from './hooks/delivery-rate.js';
import { HintIntake } from './hooks/hint-intake.js';
import { HookDirectory } from './hooks/hook-directory.js';
import { HooksController } from './hooks/hooks.controller.js';
import { IdempotencyInterceptor } from './http/idempotency.js';
import { OpenApiDocument } from './http/openapi-document.js';
import { OpenApiController } from './http/openapi.controller.js';
import { ProblemFilter } from './http/problem.filter.js';
import { validationPipe } from './http/validation.js';
import { UploadInterceptor } from './http/upload.js';
import { ImportReportController } from './imports/import-report.controller.js';
import { ImportAddressController } from './imports/import-address.controller.js';
import { ImportsController } from './imports/imports.controller.js';
import { JobsController } from './jobs/jobs.controller.js';
import { SeenPictureController } from './media/seen-picture.controller.js';
import { ListingPictureController } from './listings/listing-picture.controller.js';
import { ListingsController } from './listings/listings.controller.js';
import { MediaController } from './media/media.controller.js';
import { PublicPictureController } from './media/public-picture.controller.js';
import type { HubParts } from './parts/hub-parts.js';
import { CONFIG, LOGGER, PARTS, POOL } from './parts/tokens.js';
import { ProductBatchController } from './products/product-batch.controller.js';
import { ProductViewsController } from './products/product-views.controller.js';
import { ProductsController } from './products/products.controller.js';
import { NudgeSchedule } from './schedule/nudge.schedule.js';
import { StatusController } from './status/status.controller.js';
import { StatusService } from './status/status.service.js';

const API_CONTROLLERS: Type[] = [
  AuthController,
  StatusController,
  // Its fixed address stands before those with an account.
  AccountCheckController,
  AccountsController,
  AccountFiguresController,
  AccountRemovalController,
  AccountRulesController,
  ContractBreaksController,
  AccountHooksController,
  HooksController,
  AdoptController,
  DriftsController,
  DriftProofController,
  IgnoreRulesController,
  CasesController,
  ListingsController,
  ListingPictureController,
  SeenPictureController,
  ProductBatchController,
  ProductViewsController,
  ProductsController,
  CategoriesController,
  BulkController,
  MediaController,
  JobsController,
  // Its fixed addresses stand before those with an id.
  ImportReportController,
  ImportsController,
  ImportAddressController,
  ExportsController,
  EvidenceController,
  EvidenceHeadsController,
  EventsController,
  DemoController,
  OpenApiController,
];

const onPool = <T>(service: new (pool: Pool) => T): Provider => ({ provide: service, useFactory: (pool: Pool) => new service(pool), inject: [POOL] });

/** Everything behind the doors. A worker shows only its health and the pictures; every process nudges the loops. */
@Module({})
export class HubModule {
  static of(parts: HubParts): DynamicModule {
    const serves = parts.config.role !== 'worker';
    return {
      module: HubModule,
      imports: [DiscoveryModule, ScheduleModule.forRoot()],
      // The console takes every address that is left, so it stands last.
      controllers: [HealthController, PublicPictureController, ...(serves ? [...API_CONTROLLERS, ConsoleController] : [])],
      providers: [
        { provide: PARTS, useValue: parts },
        { provide: CONFIG, useValue: parts.config },
        { provide: POOL, useValue: parts.pool },
        { provide: LOGGER, useValue: parts.logger },
        onPool(Users),
        onPool(Sessions),
        onPool(ApiTokens),
        onPool(LoginAttempts),
        AccountDirectory,
        StatusService,
        HubMetrics,
        ...(serves ? [LiveFeed, HookDirectory, DeliveryLog, DeliveryRate, HintIntake] : []),
        OpenApiDocument,
        NudgeSchedule,
        { provide: APP_GUARD, useClass: AuthGuard },
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_PIPE, useFactory: validationPipe },
        // A file is received before it is compared with what came under the same key.
        { provide: APP_INTERCEPTOR, useClass: UploadInterceptor },
        { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor },
      ],
    };
  }
}
