import { Module } from '@nestjs/common';
import { ContactHygieneService } from './contact-hygiene.js';
import { HygieneService } from './hygiene.service.js';

@Module({ providers: [HygieneService, ContactHygieneService], exports: [HygieneService, ContactHygieneService] })
export class HygieneModule {}
