import { Module } from '@nestjs/common';
import { ContactsModule as ContactsDomain } from '#domain/contacts';
import { TagsController } from './tags.controller.js';

@Module({ imports: [ContactsDomain], controllers: [TagsController] })
export class TagsModule {}
