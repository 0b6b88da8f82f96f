import { Module } from '@nestjs/common';
import { DeliveryModule } from '#domain/delivery';
import { SendersModule } from '#domain/senders';
import { TemplatesModule } from '#domain/templates';
import { MessagesService } from './messages.service.js';
import { PersonalAnswers } from './personal-answers.js';
import { SystemMails } from './system-mails.js';

@Module({
  imports: [DeliveryModule, SendersModule, TemplatesModule],
  providers: [MessagesService, PersonalAnswers, SystemMails],
  exports: [MessagesService, PersonalAnswers, SystemMails],
})
export class MessagesModule {}
