import { Module } from '@nestjs/common';
import { RepliesModule } from '#domain/replies';
import { RepliesController } from './replies.controller.js';

@Module({ imports: [RepliesModule], controllers: [RepliesController] })
export class ApiRepliesModule {}
