import { Module } from '@nestjs/common';
import { SmtpAccountsService } from './smtp-accounts.service.js';

const SERVICES = [SmtpAccountsService];

@Module({ providers: SERVICES, exports: SERVICES })
export class SendersModule {}
