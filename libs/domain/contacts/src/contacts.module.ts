import { Module } from '@nestjs/common';
import { ContactsService } from './contacts.service.js';
import { FieldsService } from './fields.service.js';
import { ImportDraftsService } from './imports/import-drafts.service.js';
import { ImportsService } from './imports/imports.service.js';
import { ListsService } from './lists.service.js';
import { PurchasesService } from './purchases.service.js';
import { TagsService } from './tags.service.js';

const SERVICES = [
  ContactsService,
  FieldsService,
  ImportDraftsService,
  ImportsService,
  ListsService,
  PurchasesService,
  TagsService,
];

@Module({ providers: SERVICES, exports: SERVICES })
export class ContactsModule {}
