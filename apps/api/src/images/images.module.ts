import { Module } from '@nestjs/common';
import { TemplatesModule } from '#domain/templates';
import { ImagesController } from './images.controller.js';

@Module({ imports: [TemplatesModule], controllers: [ImagesController] })
export class ImagesModule {}
