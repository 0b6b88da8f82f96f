import { Module } from '@nestjs/common';
import { ContactsModule as ContactsDomain } from '#domain/contacts';
import { PurchasesController } from './purchases.controller.js';

@Module({ imports: [ContactsDomain], controllers: [PurchasesController] })
export class PurchasesModule {}
