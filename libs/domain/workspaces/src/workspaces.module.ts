import { Module } from '@nestjs/common';
import { ApiKeysService } from './api-keys.service.js';
import { CleanUpService } from './clean-up.service.js';
import { IdempotencyService } from './idempotency.service.js';
import { PasswordResetsService } from './password-resets.service.js';
import { ProfileService } from './profile.service.js';
import { SavedViewsService } from './saved-views.service.js';
import { SessionsService } from './sessions.service.js';
import { SetupService } from './setup.service.js';
import { WorkspacesService } from './workspaces.service.js';

const SERVICES = [
  SetupService,
  SessionsService,
  ProfileService,
  PasswordResetsService,
  WorkspacesService,
  ApiKeysService,
  SavedViewsService,
  IdempotencyService,
  CleanUpService,
];

@Module({ providers: SERVICES, exports: SERVICES })
export class WorkspacesModule {}
