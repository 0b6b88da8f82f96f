import { Module } from '@nestjs/common';
import { SendingAccountLoader } from './sending-account.js';

@Module({ providers: [SendingAccountLoader], exports: [SendingAccountLoader] })
export class SendersModule {}
