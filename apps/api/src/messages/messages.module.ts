import { Module } from '@nestjs/common';
import { MessagesModule as MessagesDomain } from '#domain/messages';
import { MessagesController } from './messages.controller.js';

@Module({ imports: [MessagesDomain], controllers: [MessagesController] })
export class MessagesModule {}
