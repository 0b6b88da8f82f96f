import { Module } from '@nestjs/common';
import { HygieneModule as HygieneDomain } from '#domain/hygiene';
import { HygieneController } from './hygiene.controller.js';

@Module({ imports: [HygieneDomain], controllers: [HygieneController] })
export class HygieneModule {}
