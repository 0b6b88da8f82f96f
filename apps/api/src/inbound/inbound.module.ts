import { Module } from '@nestjs/common';
import { FeedbackModule } from '#domain/feedback';
import { RepliesModule } from '#domain/replies';
import { ReviewModule } from '#domain/review';
import { InboundController } from './inbound.controller.js';
import { PhrasesController } from './phrases.controller.js';

@Module({ imports: [FeedbackModule, RepliesModule, ReviewModule], controllers: [InboundController, PhrasesController] })
export class InboundModule {}
