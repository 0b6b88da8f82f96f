import { Module } from '@nestjs/common';
import { FeedbackModule } from '#domain/feedback';
import { SendersModule } from '#domain/senders';
import { MailboxesController } from './mailboxes.controller.js';

@Module({ imports: [FeedbackModule, SendersModule], controllers: [MailboxesController] })
export class MailboxesModule {}
