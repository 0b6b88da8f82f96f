import { Module } from '@nestjs/common';
import { MessagesModule } from '#domain/messages';
import { AnswersService } from './answers.service.js';
import { RepliesService } from './replies.service.js';

@Module({
  imports: [MessagesModule],
  providers: [RepliesService, AnswersService],
  exports: [RepliesService, AnswersService],
})
export class RepliesModule {}
