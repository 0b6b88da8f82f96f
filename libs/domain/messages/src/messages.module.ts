import { Module } from '@nestjs/common';
import { SendersModule } from '#domain/senders';
import { TemplatesModule } from '#domain/templates';
import { MessagesService } from './messages.service.js';

@Module({ imports: [SendersModule, TemplatesModule], providers: [MessagesService], exports: [MessagesService] })
export class MessagesModule {}
