import { Module } from '@nestjs/common';
import { MailboxLoader } from './mailbox-access.js';
import { MailboxesService } from './mailboxes.service.js';
import { SendingAccountLoader } from './sending-account.js';
import { SendingDomainsService } from './sending-domains.service.js';
import { SmtpAccountsService } from './smtp-accounts.service.js';

const SERVICES = [SendingAccountLoader, SmtpAccountsService, SendingDomainsService, MailboxLoader, MailboxesService];

@Module({ providers: SERVICES, exports: SERVICES })
export class SendersModule {}
