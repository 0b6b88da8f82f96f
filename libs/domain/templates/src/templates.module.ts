import { Module } from '@nestjs/common';
import { AttachmentsService } from './attachments.service.js';
import { ContentCompiler } from './content-compiler.js';
import { ImagesService } from './images.service.js';
import { SavedBlocksService } from './saved-blocks.service.js';
import { TemplatesService } from './templates.service.js';

const SERVICES = [ContentCompiler, TemplatesService, SavedBlocksService, ImagesService, AttachmentsService];

@Module({ providers: SERVICES, exports: SERVICES })
export class TemplatesModule {}
