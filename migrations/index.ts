import { Accounts1700000000001 } from './1700000000001-accounts.js';
import { Contacts1700000000002 } from './1700000000002-contacts.js';
import { Sending1700000000003 } from './1700000000003-sending.js';
import { Feedback1700000000004 } from './1700000000004-feedback.js';
import { CampaignPauses1700000000005 } from './1700000000005-campaign-pauses.js';
import { Instance1700000000006 } from './1700000000006-instance.js';
import { WarmUp1700000000010 } from './1700000000010-warm-up.js';
import { EngagedFirst1700000000011 } from './1700000000011-engaged-first.js';
import { Messages1700000000020 } from './1700000000020-messages.js';
import { MessageRefusals1700000000021 } from './1700000000021-message-refusals.js';
import { MessageContentsUsed1700000000022 } from './1700000000022-message-contents-used.js';
import { MessageKeys1700000000023 } from './1700000000023-message-keys.js';
import { UncertainIndex1700000000030 } from './1700000000030-uncertain-index.js';
import { Rehearsals1700000000031 } from './1700000000031-rehearsals.js';
import { LedgerUpdates1700000000040 } from './1700000000040-ledger-updates.js';
import { Pop31700000000050 } from './1700000000050-pop3.js';
import { MailboxOAuth1700000000051 } from './1700000000051-mailbox-oauth.js';
import { Receipts1700000000060 } from './1700000000060-receipts.js';
import { Hygiene1700000000070 } from './1700000000070-hygiene.js';
import { SuppressionRule1700000000071 } from './1700000000071-suppression-rule.js';
import { Cleanings1700000000080 } from './1700000000080-cleanings.js';
import { ImportQuality1700000000081 } from './1700000000081-import-quality.js';
import { Sunset1700000000082 } from './1700000000082-sunset.js';
import { InboundVerdicts1700000000090 } from './1700000000090-inbound-verdicts.js';
import { Replies1700000000091 } from './1700000000091-replies.js';
import { LearnedPhrases1700000000092 } from './1700000000092-learned-phrases.js';
import { InboundRows1700000000093 } from './1700000000093-inbound-rows.js';
import { MailboxIndexes1700000000094 } from './1700000000094-mailbox-indexes.js';
import { MailboxHandling1700000000097 } from './1700000000097-mailbox-handling.js';
import { StopReasons1700000000100 } from './1700000000100-stop-reasons.js';
import { RecentHits1700000000101 } from './1700000000101-recent-hits.js';
import { Segments1700000000110 } from './1700000000110-segments.js';
import { ImportDrafts1700000000115 } from './1700000000115-import-drafts.js';
import { Documents1700000000120 } from './1700000000120-documents.js';
import { SavedBlocks1700000000121 } from './1700000000121-saved-blocks.js';
import { ReportRollups1700000000125 } from './1700000000125-report-rollups.js';
import { ReportShares1700000000126 } from './1700000000126-report-shares.js';
import { SendingDomains1700000000130 } from './1700000000130-sending-domains.js';
import { Preflights1700000000131 } from './1700000000131-preflights.js';
import { UnsubscribeReasons1700000000140 } from './1700000000140-unsubscribe-reasons.js';
import { Forms1700000000141 } from './1700000000141-forms.js';
import { DemoWorkspaces1700000000145 } from './1700000000145-demo-workspaces.js';
import { AbTests1700000000146 } from './1700000000146-ab-tests.js';
import { Utm1700000000150 } from './1700000000150-utm.js';
import { RecipientTime1700000000151 } from './1700000000151-recipient-time.js';
import { PasswordResets1700000000155 } from './1700000000155-password-resets.js';
import { ProcessBeats1700000000156 } from './1700000000156-process-beats.js';
import { ReportParts1700000000160 } from './1700000000160-report-parts.js';
import { SunsetSchedules1700000000161 } from './1700000000161-sunset-schedules.js';
import { Archives1700000000162 } from './1700000000162-archives.js';
import { InboundTakes1700000000165 } from './1700000000165-inbound-takes.js';
import { RawUncompressed1700000000166 } from './1700000000166-raw-uncompressed.js';
import { CollectedOnce1700000000167 } from './1700000000167-collected-once.js';
import { SavedViews1700000000168 } from './1700000000168-saved-views.js';
import { BouncesWithoutReference1700000000169 } from './1700000000169-bounces-without-reference.js';
import { ContactSamples1700000000170 } from './1700000000170-contact-samples.js';
import { AbSendTimes1700000000175 } from './1700000000175-ab-send-times.js';
import { VariantRevisions1700000000176 } from './1700000000176-variant-revisions.js';
import { FieldDefaults1700000000180 } from './1700000000180-field-defaults.js';
import { Purchases1700000000181 } from './1700000000181-purchases.js';
import { ImageLibrary1700000000183 } from './1700000000183-image-library.js';
import { TemplateOrigins1700000000184 } from './1700000000184-template-origins.js';
import { HourlyLimit1700000000185 } from './1700000000185-hourly-limit.js';

/** Every migration, oldest first. An explicit list: no globbing, so the order is what is read here. */
export const migrations = [
  Accounts1700000000001,
  Contacts1700000000002,
  Sending1700000000003,
  Feedback1700000000004,
  CampaignPauses1700000000005,
  Instance1700000000006,
  WarmUp1700000000010,
  EngagedFirst1700000000011,
  Messages1700000000020,
  MessageRefusals1700000000021,
  MessageContentsUsed1700000000022,
  MessageKeys1700000000023,
  UncertainIndex1700000000030,
  Rehearsals1700000000031,
  LedgerUpdates1700000000040,
  Pop31700000000050,
  MailboxOAuth1700000000051,
  Receipts1700000000060,
  Hygiene1700000000070,
  SuppressionRule1700000000071,
  Cleanings1700000000080,
  ImportQuality1700000000081,
  Sunset1700000000082,
  InboundVerdicts1700000000090,
  Replies1700000000091,
  LearnedPhrases1700000000092,
  InboundRows1700000000093,
  MailboxIndexes1700000000094,
  MailboxHandling1700000000097,
  StopReasons1700000000100,
  RecentHits1700000000101,
  Segments1700000000110,
  ImportDrafts1700000000115,
  Documents1700000000120,
  SavedBlocks1700000000121,
  ReportRollups1700000000125,
  ReportShares1700000000126,
  SendingDomains1700000000130,
  Preflights1700000000131,
  UnsubscribeReasons1700000000140,
  Forms1700000000141,
  DemoWorkspaces1700000000145,
  AbTests1700000000146,
  Utm1700000000150,
  RecipientTime1700000000151,
  PasswordResets1700000000155,
  ProcessBeats1700000000156,
  ReportParts1700000000160,
  SunsetSchedules1700000000161,
  Archives1700000000162,
  InboundTakes1700000000165,
  RawUncompressed1700000000166,
  CollectedOnce1700000000167,
  SavedViews1700000000168,
  BouncesWithoutReference1700000000169,
  ContactSamples1700000000170,
  AbSendTimes1700000000175,
  VariantRevisions1700000000176,
  FieldDefaults1700000000180,
  Purchases1700000000181,
  ImageLibrary1700000000183,
  TemplateOrigins1700000000184,
  HourlyLimit1700000000185,
];
