import { Module } from '@nestjs/common';
import { ContactsModule as ContactsDomain } from '#domain/contacts';
import { ContactsController } from './contacts.controller.js';

@Module({ imports: [ContactsDomain], controllers: [ContactsController] })
export class ContactsModule {}
