import { Module } from '@nestjs/common';
import { TemplatesModule } from '#domain/templates';
import { AbTestsService } from './ab/ab-tests.service.js';
import { CampaignsService } from './campaigns.service.js';
import { PreflightsService } from './preflight/preflights.service.js';

const SERVICES = [AbTestsService, CampaignsService, PreflightsService];

@Module({ imports: [TemplatesModule], providers: SERVICES, exports: SERVICES })
export class CampaignsModule {}
