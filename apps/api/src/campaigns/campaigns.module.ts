import { Module } from '@nestjs/common';
import { CampaignsModule as CampaignsDomain } from '#domain/campaigns';
import { DeliveryModule } from '#domain/delivery';
import { ReportingModule } from '#domain/reporting';
import { AbTestsController } from './ab-tests.controller.js';
import { VariantContentsController } from './variant-contents.controller.js';
import { AudienceController } from './audience.controller.js';
import { CampaignRevisionsController } from './campaign-revisions.controller.js';
import { CampaignsController } from './campaigns.controller.js';
import { RehearsalsController } from './rehearsals.controller.js';
import { UncertainController } from './uncertain.controller.js';
import { ZonesController } from './zones.controller.js';

@Module({
  imports: [CampaignsDomain, DeliveryModule, ReportingModule],
  controllers: [
    CampaignsController,
    AudienceController,
    AbTestsController,
    VariantContentsController,
    UncertainController,
    RehearsalsController,
    CampaignRevisionsController,
    ZonesController,
  ],
})
export class CampaignsModule {}
