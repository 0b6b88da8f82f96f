import { Module } from '@nestjs/common';
import { ContactsModule as ContactsDomain } from '#domain/contacts';
import { ListsController } from './lists.controller.js';

@Module({ imports: [ContactsDomain], controllers: [ListsController] })
export class ListsModule {}
