import { Module } from '@nestjs/common';
import { DeliveryModule } from '#domain/delivery';
import { SendersModule } from '#domain/senders';
import { SendingController } from './sending.controller.js';
import { SendingDomainsController } from './sending-domains.controller.js';
import { SmtpAccountsController } from './smtp-accounts.controller.js';

@Module({
  imports: [SendersModule, DeliveryModule],
  controllers: [SmtpAccountsController, SendingController, SendingDomainsController],
})
export class SmtpAccountsModule {}
