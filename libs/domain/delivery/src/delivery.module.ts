import { Module } from '@nestjs/common';
import { CampaignsModule } from '#domain/campaigns';
import { SendersModule } from '#domain/senders';
import { TemplatesModule } from '#domain/templates';
import { DeliveryService } from './delivery.service.js';
import { LivePaceService } from './live-pace.service.js';

@Module({
  imports: [CampaignsModule, SendersModule, TemplatesModule],
  providers: [DeliveryService, LivePaceService],
  exports: [DeliveryService, LivePaceService],
})
export class DeliveryModule {}
