import { Module } from '@nestjs/common';
import { FeedbackModule } from '#domain/feedback';
import { InboundController } from './inbound.controller.js';

@Module({ imports: [FeedbackModule], controllers: [InboundController] })
export class InboundModule {}
