import { Module } from '@nestjs/common';
import { ReportingModule } from '#domain/reporting';
import { SearchController } from './search.controller.js';

@Module({ imports: [ReportingModule], controllers: [SearchController] })
export class SearchModule {}
