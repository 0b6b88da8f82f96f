import { Module } from '@nestjs/common';
import { TemplatesModule } from '#domain/templates';
import { DemoService } from './demo.service.js';

@Module({ imports: [TemplatesModule], providers: [DemoService], exports: [DemoService] })
export class DemoModule {}
