import { Module } from '@nestjs/common';
import { InboundService } from './inbound.service.js';

@Module({ providers: [InboundService], exports: [InboundService] })
export class FeedbackModule {}
