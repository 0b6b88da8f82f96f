import { Module } from '@nestjs/common';
import { SendersModule } from '#domain/senders';
import { TemplatesModule } from '#domain/templates';
import { MessagesService } from './messages.service.js';
import { PersonalAnswers } from './personal-answers.js';

@Module({
  imports: [SendersModule, TemplatesModule],
  providers: [MessagesService, PersonalAnswers],
  exports: [MessagesService, PersonalAnswers],
})
export class MessagesModule {}
