import { Module } from '@nestjs/common';
import { SendingAccountLoader } from './sending-account.js';
import { SmtpAccountsService } from './smtp-accounts.service.js';

const SERVICES = [SendingAccountLoader, SmtpAccountsService];

@Module({ providers: SERVICES, exports: SERVICES })
export class SendersModule {}
