import { Module } from '@nestjs/common';
import { ContentReader } from './content-reader.js';
import { InboundService } from './inbound.service.js';

@Module({ providers: [InboundService, ContentReader], exports: [InboundService] })
export class FeedbackModule {}
