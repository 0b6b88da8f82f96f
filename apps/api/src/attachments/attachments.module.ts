import { Module } from '@nestjs/common';
import { TemplatesModule } from '#domain/templates';
import { AttachmentsController } from './attachments.controller.js';

@Module({ imports: [TemplatesModule], controllers: [AttachmentsController] })
export class AttachmentsModule {}
