import { Module } from '@nestjs/common';
import { SendersModule } from '#domain/senders';
import { SmtpAccountsController } from './smtp-accounts.controller.js';

@Module({ imports: [SendersModule], controllers: [SmtpAccountsController] })
export class SmtpAccountsModule {}
