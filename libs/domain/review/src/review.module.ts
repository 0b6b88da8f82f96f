import { Module } from '@nestjs/common';
import { FeedbackModule } from '#domain/feedback';
import { PhrasesService } from './phrases.service.js';
import { ReviewService } from './review.service.js';

@Module({
  imports: [FeedbackModule],
  providers: [ReviewService, PhrasesService],
  exports: [ReviewService, PhrasesService],
})
export class ReviewModule {}
