import { Module } from '@nestjs/common';
import { SendersModule } from '#domain/senders';
import { MailboxesController } from './mailboxes.controller.js';

@Module({ imports: [SendersModule], controllers: [MailboxesController] })
export class MailboxesModule {}
