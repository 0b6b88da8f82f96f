import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import type { Settings } from '#platform/config';
import { PlatformModule } from '#platform/nest';
import { AccountsModule } from './accounts/accounts.module.js';
import { AttachmentsModule } from './attachments/attachments.module.js';
import { AuthModule } from './auth/auth.module.js';
import { CampaignsModule } from './campaigns/campaigns.module.js';
import { CleaningsModule } from './cleanings/cleanings.module.js';
import { ContactsModule } from './contacts/contacts.module.js';
import { DashboardModule } from './dashboard/dashboard.module.js';
import { EventsModule } from './events/events.module.js';
import { HealthModule } from './health/health.module.js';
import { FieldsModule } from './fields/fields.module.js';
import { ArchiveModule } from './archive/archive.module.js';
import { FormsModule } from './forms/forms.module.js';
import { HygieneModule } from './hygiene/hygiene.module.js';
import { ImagesModule } from './images/images.module.js';
import { InboundModule } from './inbound/inbound.module.js';
import { ImportsModule } from './imports/imports.module.js';
import { JobsModule } from './jobs.js';
import { ListsModule } from './lists/lists.module.js';
import { MailboxesModule } from './mailboxes/mailboxes.module.js';
import { MessagesModule } from './messages/messages.module.js';
import { PurchasesModule } from './purchases/purchases.module.js';
import { ApiRepliesModule } from './replies/replies.module.js';
import { ReportsModule } from './reports/reports.module.js';
import { SandboxModule } from './sandbox/sandbox.module.js';
import { SearchModule } from './search/search.module.js';
import { SegmentsModule } from './segments/segments.module.js';
import { SmtpAccountsModule } from './smtp-accounts/smtp-accounts.module.js';
import { SuppressionsModule } from './suppressions/suppressions.module.js';
import { ApiSystemModule } from './system/system.module.js';
import { TagsModule } from './tags/tags.module.js';
import { TemplatesModule } from './templates/templates.module.js';
import { ApiWorkspacesModule } from './workspaces/workspaces.module.js';

/** One module per feature folder: add yours here. */
const FEATURES = [
  HealthModule,
  AuthModule,
  AccountsModule,
  ApiWorkspacesModule,
  EventsModule,
  SandboxModule,
  ContactsModule,
  FieldsModule,
  FormsModule,
  ArchiveModule,
  ImportsModule,
  JobsModule,
  ListsModule,
  CleaningsModule,
  SegmentsModule,
  SmtpAccountsModule,
  ImagesModule,
  AttachmentsModule,
  MailboxesModule,
  SuppressionsModule,
  HygieneModule,
  TagsModule,
  PurchasesModule,
  TemplatesModule,
  CampaignsModule,
  MessagesModule,
  InboundModule,
  ApiRepliesModule,
  ReportsModule,
  DashboardModule,
  ApiSystemModule,
  SearchModule,
];

@Module({})
export class AppModule {
  static forRoot(settings: Settings): DynamicModule {
    return { module: AppModule, imports: [PlatformModule.forRoot('api', settings), ...FEATURES] };
  }
}
