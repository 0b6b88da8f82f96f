import { Module } from '@nestjs/common';
import { FeedbackModule } from '#domain/feedback';
import { ReviewService } from './review.service.js';

@Module({ imports: [FeedbackModule], providers: [ReviewService], exports: [ReviewService] })
export class ReviewModule {}
