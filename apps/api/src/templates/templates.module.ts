import { Module } from '@nestjs/common';
import { TemplatesModule as TemplatesDomain } from '#domain/templates';
import { TemplatesController } from './templates.controller.js';

@Module({ imports: [TemplatesDomain], controllers: [TemplatesController] })
export class TemplatesModule {}
