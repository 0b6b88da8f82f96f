import { Module } from '@nestjs/common';
import { CampaignsModule } from '#domain/campaigns';
import { SendersModule } from '#domain/senders';
import { TemplatesModule } from '#domain/templates';
import { DeliveryService } from './delivery.service.js';
import { DirectAccounts } from './direct-accounts.js';
import { LivePaceService } from './live-pace.service.js';
import { RehearsalsService } from './rehearsal/rehearsals.service.js';

@Module({
  imports: [CampaignsModule, SendersModule, TemplatesModule],
  providers: [DeliveryService, DirectAccounts, LivePaceService, RehearsalsService],
  exports: [DeliveryService, DirectAccounts, LivePaceService, RehearsalsService],
})
export class DeliveryModule {}
