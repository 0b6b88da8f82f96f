import { Module } from '@nestjs/common';
import { TemplatesModule } from '#domain/templates';
import { CampaignsService } from './campaigns.service.js';

@Module({ imports: [TemplatesModule], providers: [CampaignsService], exports: [CampaignsService] })
export class CampaignsModule {}
