import { Module } from '@nestjs/common';
import { FeedbackModule } from '#domain/feedback';
import { ReviewModule } from '#domain/review';
import { InboundController } from './inbound.controller.js';

@Module({ imports: [FeedbackModule, ReviewModule], controllers: [InboundController] })
export class InboundModule {}
