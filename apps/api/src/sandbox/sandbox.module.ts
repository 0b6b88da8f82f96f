import { Module } from '@nestjs/common';
import { SandboxClient } from './sandbox-client.js';
import { SandboxController } from './sandbox.controller.js';

@Module({ controllers: [SandboxController], providers: [SandboxClient] })
export class SandboxModule {}
