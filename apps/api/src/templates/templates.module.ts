import { Module } from '@nestjs/common';
import { TemplatesModule as TemplatesDomain } from '#domain/templates';
import { SavedBlocksController } from './saved-blocks.controller.js';
import { TemplateRevisionsController } from './template-revisions.controller.js';
import { TemplatesController } from './templates.controller.js';

@Module({
  imports: [TemplatesDomain],
  controllers: [TemplatesController, TemplateRevisionsController, SavedBlocksController],
})
export class TemplatesModule {}
