import { Module } from '@nestjs/common';
import { ContactsModule as ContactsDomain } from '#domain/contacts';
import { SegmentsModule } from '#domain/segments';
import { ContactsController } from './contacts.controller.js';

@Module({ imports: [ContactsDomain, SegmentsModule], controllers: [ContactsController] })
export class ContactsModule {}
