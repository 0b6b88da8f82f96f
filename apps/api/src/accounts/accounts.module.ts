import { Module } from '@nestjs/common';
import { MessagesModule } from '#domain/messages';
import { WorkspacesModule } from '#domain/workspaces';
import { AuthModule } from '../auth/auth.module.js';
import { ApiWorkspacesModule } from '../workspaces/workspaces.module.js';
import { ApiKeysController } from './api-keys.controller.js';
import { CleanUpTimer } from './clean-up-timer.js';
import { PasswordResetsController } from './password-resets.controller.js';
import { ResetMails } from './reset-mails.js';
import { SavedViewsController } from './saved-views.controller.js';
import { SessionController } from './session.controller.js';
import { SetupLink } from './setup-link.js';
import { SetupController } from './setup.controller.js';

@Module({
  imports: [WorkspacesModule, MessagesModule, AuthModule, ApiWorkspacesModule],
  controllers: [SetupController, SessionController, PasswordResetsController, ApiKeysController, SavedViewsController],
  providers: [SetupLink, CleanUpTimer, ResetMails],
})
export class AccountsModule {}
