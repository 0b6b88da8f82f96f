import { Module } from '@nestjs/common';
import { ContactsModule as ContactsDomain } from '#domain/contacts';
import { FieldsController } from './fields.controller.js';

@Module({ imports: [ContactsDomain], controllers: [FieldsController] })
export class FieldsModule {}
