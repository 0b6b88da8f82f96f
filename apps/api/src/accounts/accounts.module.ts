import { Module } from '@nestjs/common';
import { WorkspacesModule } from '#domain/workspaces';
import { AuthModule } from '../auth/auth.module.js';
import { ApiWorkspacesModule } from '../workspaces/workspaces.module.js';
import { ApiKeysController } from './api-keys.controller.js';
import { CleanUpTimer } from './clean-up-timer.js';
import { SessionController } from './session.controller.js';
import { SetupLink } from './setup-link.js';
import { SetupController } from './setup.controller.js';

@Module({
  imports: [WorkspacesModule, AuthModule, ApiWorkspacesModule],
  controllers: [SetupController, SessionController, ApiKeysController],
  providers: [SetupLink, CleanUpTimer],
})
export class AccountsModule {}
