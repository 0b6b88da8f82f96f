import { Module } from '@nestjs/common';
import { ContentCompiler } from './content-compiler.js';

@Module({ providers: [ContentCompiler], exports: [ContentCompiler] })
export class TemplatesModule {}
