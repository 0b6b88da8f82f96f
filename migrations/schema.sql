-- What the migrations make; generated, compared in the checks. Not meant to be run.

TABLE ab_tests (
  campaign_id bigint NOT NULL,
  version integer NOT NULL DEFAULT 1,
  variants jsonb NOT NULL,
  sample smallint NOT NULL,
  hold_out smallint NOT NULL,
  metric text NOT NULL,
  duration_minutes integer NOT NULL,
  fallback smallint,
  placed integer NOT NULL DEFAULT 0,
  measured_from timestamp with time zone,
  judged_at timestamp with time zone,
  verdict jsonb,
  winner smallint,
  chosen_at timestamp with time zone,
  chosen_by text,
  counted jsonb,
  images text[] DEFAULT image_ids(variants)
)

TABLE api_keys (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  workspace_id bigint NOT NULL,
  name text NOT NULL,
  key_hash bytea NOT NULL,
  prefix text NOT NULL,
  scopes text[] NOT NULL,
  created_by bigint,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  last_used_at timestamp with time zone,
  expires_at timestamp with time zone,
  revoked_at timestamp with time zone
)

TABLE archive_campaigns (
  campaign_id bigint NOT NULL,
  workspace_id bigint NOT NULL
)

TABLE archives (
  workspace_id bigint NOT NULL,
  enabled boolean NOT NULL,
  slug text NOT NULL,
  title text NOT NULL,
  intro text NOT NULL,
  indexed boolean NOT NULL
)

TABLE attachments (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  workspace_id bigint NOT NULL,
  name text NOT NULL,
  content_type text NOT NULL,
  bytes bytea NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now()
)

TABLE audit_log (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  workspace_id bigint,
  at timestamp with time zone NOT NULL DEFAULT now(),
  actor text NOT NULL,
  action text NOT NULL,
  subject text NOT NULL,
  before jsonb,
  after jsonb
)

TABLE campaign_alarms (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  workspace_id bigint NOT NULL,
  campaign_id bigint NOT NULL,
  from_domain text NOT NULL,
  provider text,
  blocked integer NOT NULL,
  settled integer NOT NULL,
  words text NOT NULL,
  last_hit bigint NOT NULL,
  at timestamp with time zone NOT NULL DEFAULT now()
)

TABLE campaign_contents (
  campaign_id bigint NOT NULL,
  compiled jsonb NOT NULL,
  links jsonb NOT NULL,
  images text[] DEFAULT image_ids(compiled)
)

TABLE campaign_exclusions (
  campaign_id bigint NOT NULL,
  contact_id bigint NOT NULL,
  reason text NOT NULL
)

TABLE campaign_recipients (
  campaign_id bigint NOT NULL,
  seq integer NOT NULL,
  workspace_id bigint NOT NULL,
  contact_id bigint NOT NULL,
  batch_id bigint NOT NULL,
  email text NOT NULL,
  canonical text NOT NULL,
  provider text NOT NULL,
  status text NOT NULL DEFAULT 'pending'::text,
  attempts jsonb NOT NULL DEFAULT '[]'::jsonb,
  retry_at timestamp with time zone,
  skip_reason text,
  refusal_pending boolean NOT NULL DEFAULT false,
  accepted_at timestamp with time zone,
  finished_at timestamp with time zone,
  bounced_at timestamp with time zone,
  bounce_kind text,
  bounce_reason text,
  bounce_detail text,
  complained_at timestamp with time zone,
  opened_at timestamp with time zone,
  machine_opened_at timestamp with time zone,
  clicked_at timestamp with time zone,
  machine_clicked_at timestamp with time zone,
  replied_at timestamp with time zone,
  auto_replied_at timestamp with time zone,
  unsubscribed_at timestamp with time zone,
  uncertain boolean NOT NULL DEFAULT (status = 'uncertain'::text)
)

TABLE campaign_recipients_0 (
  campaign_id bigint NOT NULL,
  seq integer NOT NULL,
  workspace_id bigint NOT NULL,
  contact_id bigint NOT NULL,
  batch_id bigint NOT NULL,
  email text NOT NULL,
  canonical text NOT NULL,
  provider text NOT NULL,
  status text NOT NULL DEFAULT 'pending'::text,
  attempts jsonb NOT NULL DEFAULT '[]'::jsonb,
  retry_at timestamp with time zone,
  skip_reason text,
  refusal_pending boolean NOT NULL DEFAULT false,
  accepted_at timestamp with time zone,
  finished_at timestamp with time zone,
  bounced_at timestamp with time zone,
  bounce_kind text,
  bounce_reason text,
  bounce_detail text,
  complained_at timestamp with time zone,
  opened_at timestamp with time zone,
  machine_opened_at timestamp with time zone,
  clicked_at timestamp with time zone,
  machine_clicked_at timestamp with time zone,
  replied_at timestamp with time zone,
  auto_replied_at timestamp with time zone,
  unsubscribed_at timestamp with time zone,
  uncertain boolean NOT NULL DEFAULT (status = 'uncertain'::text)
)

TABLE campaign_variants (
  campaign_id bigint NOT NULL,
  variant smallint NOT NULL,
  from_name text NOT NULL,
  compiled jsonb NOT NULL,
  images text[] DEFAULT image_ids(compiled)
)

TABLE campaign_zones (
  campaign_id bigint NOT NULL,
  zone text NOT NULL,
  due_at timestamp with time zone NOT NULL,
  recipients integer NOT NULL
)

TABLE campaigns (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  workspace_id bigint NOT NULL,
  version integer NOT NULL DEFAULT 1,
  name text NOT NULL,
  status text NOT NULL DEFAULT 'draft'::text,
  from_name text NOT NULL DEFAULT ''::text,
  from_address text NOT NULL DEFAULT ''::text,
  reply_to text,
  content jsonb NOT NULL,
  audience jsonb NOT NULL,
  smtp_accounts bigint[] NOT NULL DEFAULT '{}'::bigint[],
  attachments bigint[] NOT NULL DEFAULT '{}'::bigint[],
  track_opens boolean NOT NULL DEFAULT true,
  track_clicks boolean NOT NULL DEFAULT true,
  uncertain text NOT NULL DEFAULT 'hold'::text,
  deadline_hours integer NOT NULL DEFAULT 48,
  scheduled_at timestamp with time zone,
  timezone text,
  started_at timestamp with time zone,
  frozen_at timestamp with time zone,
  max_contact_id bigint,
  prepare_cursor bigint NOT NULL DEFAULT 0,
  prepared_count integer NOT NULL DEFAULT 0,
  excluded_count integer NOT NULL DEFAULT 0,
  prepared_at timestamp with time zone,
  deadline_at timestamp with time zone,
  finished_at timestamp with time zone,
  tested_at timestamp with time zone,
  archived_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  paused_at timestamp with time zone,
  ask_read boolean NOT NULL DEFAULT false,
  ask_delivery boolean NOT NULL DEFAULT false,
  stop_reasons jsonb NOT NULL DEFAULT '[]'::jsonb,
  frozen_segments jsonb,
  utm jsonb NOT NULL DEFAULT '{"term": "", "medium": "email", "source": "newsletter", "content": "", "enabled": false, "campaign": ""}'::jsonb,
  recipient_time text,
  images text[] DEFAULT image_ids(content),
  template_id bigint,
  hourly_limit integer,
  delayed_by interval NOT NULL DEFAULT '00:00:00'::interval
)

TABLE cleaning_rows (
  cleaning_id bigint NOT NULL,
  contact_id bigint NOT NULL,
  verdict text NOT NULL,
  reasons text[] NOT NULL,
  suggestion text,
  action text,
  before jsonb
)

TABLE cleanings (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  workspace_id bigint NOT NULL,
  list_id bigint NOT NULL,
  status text NOT NULL DEFAULT 'queued'::text,
  total integer NOT NULL,
  judged integer NOT NULL DEFAULT 0,
  verdicts jsonb NOT NULL DEFAULT '{}'::jsonb,
  reasons jsonb NOT NULL DEFAULT '{}'::jsonb,
  unanswered integer NOT NULL DEFAULT 0,
  actions jsonb,
  tag text,
  done jsonb NOT NULL DEFAULT '{}'::jsonb,
  reached bigint NOT NULL DEFAULT 0,
  lease_until timestamp with time zone,
  fence integer NOT NULL DEFAULT 0,
  created_by text NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  judged_at timestamp with time zone,
  applied_at timestamp with time zone,
  undone_at timestamp with time zone,
  kind text NOT NULL DEFAULT 'list'::text,
  rule jsonb,
  scheduled boolean NOT NULL DEFAULT false
)

TABLE contact_fields (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  workspace_id bigint NOT NULL,
  key text NOT NULL,
  label text NOT NULL,
  type text NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  default_value text NOT NULL DEFAULT ''::text
)

TABLE contacts (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  workspace_id bigint NOT NULL,
  version integer NOT NULL DEFAULT 1,
  email text NOT NULL,
  canonical text NOT NULL,
  domain text NOT NULL,
  international boolean NOT NULL DEFAULT false,
  name text NOT NULL DEFAULT ''::text,
  locale text,
  timezone text,
  status text NOT NULL DEFAULT 'active'::text,
  fields jsonb NOT NULL DEFAULT '{}'::jsonb,
  tags text[] NOT NULL DEFAULT '{}'::text[],
  import_id bigint,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
)

TABLE content_revisions (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  workspace_id bigint NOT NULL,
  template_id bigint,
  campaign_id bigint,
  content jsonb NOT NULL,
  actor text,
  restored_from bigint,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  variant smallint NOT NULL DEFAULT 0
)

TABLE dkim_keys (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  domain_id bigint NOT NULL,
  selector text NOT NULL,
  state text NOT NULL,
  secret bytea NOT NULL,
  sealed_as text,
  record text NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now()
)

TABLE events (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  at timestamp with time zone NOT NULL,
  workspace_id bigint NOT NULL,
  campaign_id bigint,
  seq integer,
  contact_id bigint,
  list_id bigint,
  type text NOT NULL,
  human boolean,
  link integer,
  detail text NOT NULL DEFAULT ''::text,
  inbound_message_id bigint,
  client text
)

TABLE forms (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  workspace_id bigint NOT NULL,
  version integer NOT NULL DEFAULT 1,
  public_id text NOT NULL,
  name text NOT NULL,
  enabled boolean NOT NULL,
  locale text NOT NULL,
  lists bigint[] NOT NULL,
  fields jsonb NOT NULL,
  texts jsonb NOT NULL,
  double_opt_in boolean NOT NULL,
  sender jsonb NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
)

TABLE hygiene_change_addresses (
  change_id bigint NOT NULL,
  canonical text NOT NULL,
  before jsonb
)

TABLE hygiene_changes (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  workspace_id bigint NOT NULL,
  rule text NOT NULL,
  before jsonb NOT NULL,
  after jsonb NOT NULL,
  suppressed integer NOT NULL DEFAULT 0,
  freed integer NOT NULL DEFAULT 0,
  actor text NOT NULL,
  at timestamp with time zone NOT NULL DEFAULT now(),
  undone_at timestamp with time zone
)

TABLE hygiene_hits (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  workspace_id bigint NOT NULL,
  canonical text NOT NULL,
  domain text NOT NULL,
  rule text NOT NULL,
  reason text NOT NULL,
  at timestamp with time zone NOT NULL,
  campaign_id bigint,
  seq integer,
  message_id bigint,
  inbound_message_id bigint,
  words text NOT NULL DEFAULT ''::text
)

TABLE hygiene_settings (
  workspace_id bigint NOT NULL,
  rule text NOT NULL,
  version integer NOT NULL DEFAULT 1,
  setting jsonb NOT NULL
)

TABLE idempotency_keys (
  workspace_id bigint NOT NULL,
  key text NOT NULL,
  request_hash bytea NOT NULL,
  status integer,
  answer jsonb,
  created_at timestamp with time zone NOT NULL DEFAULT now()
)

TABLE images (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  workspace_id bigint NOT NULL,
  public_id text NOT NULL,
  name text NOT NULL,
  content_type text NOT NULL,
  width integer NOT NULL,
  height integer NOT NULL,
  bytes bytea NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  version integer NOT NULL DEFAULT 1,
  alt text NOT NULL DEFAULT ''::text,
  folder text NOT NULL DEFAULT ''::text
)

TABLE import_chunks (
  file_id uuid NOT NULL,
  seq integer NOT NULL,
  bytes bytea NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now()
)

TABLE import_errors (
  import_id bigint NOT NULL,
  line integer NOT NULL,
  code text NOT NULL,
  message text NOT NULL,
  cells text[] NOT NULL
)

TABLE import_undo (
  contact_id bigint NOT NULL,
  import_id bigint NOT NULL,
  before jsonb NOT NULL,
  after_version integer NOT NULL
)

TABLE imports (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  workspace_id bigint NOT NULL,
  list_id bigint,
  file_name text NOT NULL,
  options jsonb NOT NULL,
  status text NOT NULL DEFAULT 'queued'::text,
  phase text NOT NULL DEFAULT 'reading'::text,
  bytes bigint NOT NULL DEFAULT 0,
  bytes_read bigint NOT NULL DEFAULT 0,
  rows integer NOT NULL DEFAULT 0,
  created integer NOT NULL DEFAULT 0,
  updated integer NOT NULL DEFAULT 0,
  unchanged integer NOT NULL DEFAULT 0,
  duplicates integer NOT NULL DEFAULT 0,
  invalid integer NOT NULL DEFAULT 0,
  suppressed integer NOT NULL DEFAULT 0,
  error jsonb,
  file_id uuid NOT NULL,
  lease_until timestamp with time zone,
  fence integer NOT NULL DEFAULT 0,
  merged_to integer NOT NULL DEFAULT 0,
  created_by text NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  finished_at timestamp with time zone,
  quality jsonb NOT NULL DEFAULT '{}'::jsonb,
  held_at timestamp with time zone,
  held_mailed integer,
  held_bounced integer,
  released_at timestamp with time zone,
  attempts integer NOT NULL DEFAULT 0,
  check_result jsonb,
  undo_result jsonb,
  header_key text
)

TABLE inbound_messages (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  workspace_id bigint,
  mailbox_id bigint,
  folder text,
  uid_validity bigint,
  uid bigint,
  envelope jsonb NOT NULL,
  raw bytea NOT NULL,
  content_hash bytea NOT NULL,
  received_at timestamp with time zone NOT NULL DEFAULT now(),
  status text NOT NULL DEFAULT 'stored'::text,
  attempts integer NOT NULL DEFAULT 0,
  kind text,
  trust text,
  verdict jsonb,
  summary text NOT NULL DEFAULT ''::text,
  from_address text NOT NULL DEFAULT ''::text,
  subject text NOT NULL DEFAULT ''::text,
  campaign_id bigint,
  seq integer,
  processed_at timestamp with time zone
)

TABLE inbound_takes (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  mails bigint[] NOT NULL,
  taken_at timestamp with time zone NOT NULL DEFAULT now()
)

TABLE inbound_verdicts (
  inbound_message_id bigint NOT NULL,
  workspace_id bigint NOT NULL,
  kind text NOT NULL,
  reason text,
  campaign_id bigint,
  seq integer,
  actor text NOT NULL,
  acts_at timestamp with time zone NOT NULL,
  acted_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now()
)

TABLE instance (
  id boolean NOT NULL DEFAULT true,
  master_key_fingerprint text,
  created_at timestamp with time zone NOT NULL DEFAULT now()
)

TABLE learned_phrases (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  workspace_id bigint NOT NULL,
  phrase text NOT NULL,
  kind text NOT NULL,
  reason text,
  created_by text NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now()
)

TABLE link_checks (
  workspace_id bigint NOT NULL,
  digest bytea NOT NULL,
  reply jsonb NOT NULL,
  checked_at timestamp with time zone NOT NULL DEFAULT now()
)

TABLE list_members (
  list_id bigint NOT NULL,
  contact_id bigint NOT NULL,
  workspace_id bigint NOT NULL,
  status text NOT NULL,
  consent jsonb,
  import_id bigint,
  unsubscribed_at timestamp with time zone,
  unsubscribed_source text,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
)

TABLE lists (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  workspace_id bigint NOT NULL,
  version integer NOT NULL DEFAULT 1,
  name text NOT NULL,
  description text NOT NULL DEFAULT ''::text,
  opt_in text NOT NULL DEFAULT 'single'::text,
  public boolean NOT NULL DEFAULT false,
  created_at timestamp with time zone NOT NULL DEFAULT now()
)

TABLE mail_domains (
  domain text NOT NULL,
  provider text,
  checked_at timestamp with time zone,
  retry_at timestamp with time zone NOT NULL DEFAULT now(),
  mail text
)

TABLE mailbox_cursors (
  mailbox_id bigint NOT NULL,
  folder text NOT NULL,
  uid_validity bigint NOT NULL,
  last_uid bigint NOT NULL DEFAULT 0
)

TABLE mailbox_flags (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  mailbox_id bigint NOT NULL,
  inbound_message_id bigint NOT NULL,
  flag text NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  due_at timestamp with time zone NOT NULL DEFAULT now(),
  done_at timestamp with time zone,
  given_up text,
  value text
)

TABLE mailbox_uidls (
  mailbox_id bigint NOT NULL,
  uidl text NOT NULL,
  read_at timestamp with time zone NOT NULL DEFAULT now()
)

TABLE mailboxes (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  workspace_id bigint NOT NULL,
  version integer NOT NULL DEFAULT 1,
  name text NOT NULL,
  protocol text NOT NULL,
  host text NOT NULL,
  port integer NOT NULL,
  security text NOT NULL,
  auth_method text NOT NULL,
  auth_user text NOT NULL,
  auth_secret bytea,
  folders text[] NOT NULL,
  enabled boolean NOT NULL DEFAULT true,
  state text NOT NULL DEFAULT 'connecting'::text,
  last_error text,
  last_read_at timestamp with time zone,
  processed integer NOT NULL DEFAULT 0,
  lease_owner text,
  lease_until timestamp with time zone,
  fence bigint NOT NULL DEFAULT 0,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  delete_after_days integer,
  behind integer NOT NULL DEFAULT 0,
  failures integer NOT NULL DEFAULT 0,
  oauth_token_url text,
  oauth_client_id text,
  oauth_scope text,
  oauth_secret bytea,
  handling jsonb NOT NULL DEFAULT '[]'::jsonb,
  handled_upto bigint NOT NULL DEFAULT 0,
  keep_problem text
)

TABLE message_attachments (
  message_id bigint NOT NULL,
  position integer NOT NULL,
  workspace_id bigint NOT NULL,
  name text NOT NULL,
  content_type text NOT NULL,
  bytes bytea NOT NULL
)

TABLE message_claims (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  lease_owner uuid NOT NULL,
  lease_until timestamp with time zone NOT NULL
)

TABLE message_contents (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  workspace_id bigint NOT NULL,
  hash bytea NOT NULL,
  compiled jsonb NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now()
)

TABLE messages (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  workspace_id bigint NOT NULL,
  to_address text NOT NULL,
  to_name text NOT NULL DEFAULT ''::text,
  canonical text NOT NULL,
  international boolean NOT NULL DEFAULT false,
  provider text NOT NULL,
  reserved boolean NOT NULL DEFAULT false,
  from_address text NOT NULL,
  from_name text NOT NULL DEFAULT ''::text,
  reply_to text,
  template_id bigint,
  content_id bigint NOT NULL,
  subject text NOT NULL,
  data jsonb NOT NULL DEFAULT '{}'::jsonb,
  tags text[] NOT NULL DEFAULT '{}'::text[],
  status text NOT NULL DEFAULT 'pending'::text,
  skip_reason text,
  detail text NOT NULL DEFAULT ''::text,
  attempts jsonb NOT NULL DEFAULT '[]'::jsonb,
  ready_at timestamp with time zone NOT NULL DEFAULT now(),
  deadline_at timestamp with time zone NOT NULL,
  claim_id bigint,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  accepted_at timestamp with time zone,
  finished_at timestamp with time zone,
  bounced_at timestamp with time zone,
  bounce_kind text,
  bounce_reason text,
  bounce_detail text,
  complained_at timestamp with time zone,
  refusal_pending boolean NOT NULL DEFAULT false,
  idempotency_key text,
  request_hash bytea,
  answer jsonb
)

TABLE pace_states (
  key text NOT NULL,
  state jsonb NOT NULL,
  updated_at timestamp with time zone NOT NULL DEFAULT now()
)

TABLE password_resets (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  email text NOT NULL,
  asked_at timestamp with time zone NOT NULL DEFAULT now(),
  attempts integer NOT NULL DEFAULT 0,
  due_at timestamp with time zone,
  user_id bigint,
  token_hash bytea,
  expires_at timestamp with time zone
)

TABLE preflights (
  campaign_id bigint NOT NULL,
  workspace_id bigint NOT NULL,
  key text NOT NULL,
  status text NOT NULL,
  urls text[] NOT NULL,
  needed text[] NOT NULL,
  done integer NOT NULL DEFAULT 0,
  links jsonb NOT NULL DEFAULT '[]'::jsonb,
  missing jsonb NOT NULL DEFAULT '[]'::jsonb,
  lease_until timestamp with time zone NOT NULL DEFAULT now(),
  finished_at timestamp with time zone
)

TABLE process_beats (
  id text NOT NULL,
  app text NOT NULL,
  host text NOT NULL,
  version text NOT NULL,
  started_at timestamp with time zone NOT NULL DEFAULT now(),
  seen_at timestamp with time zone NOT NULL DEFAULT now()
)

TABLE purchases (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  workspace_id bigint NOT NULL,
  contact_id bigint NOT NULL,
  order_id text NOT NULL,
  amount numeric,
  currency text,
  bought_at timestamp with time zone NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now()
)

TABLE rehearsals (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  workspace_id bigint NOT NULL,
  campaign_id bigint NOT NULL,
  status text NOT NULL DEFAULT 'queued'::text,
  phase text NOT NULL DEFAULT 'audience'::text,
  done integer NOT NULL DEFAULT 0,
  total integer NOT NULL DEFAULT 0,
  options jsonb NOT NULL,
  compiled jsonb,
  prediction jsonb,
  error text,
  lease_until timestamp with time zone,
  created_by text NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  finished_at timestamp with time zone
)

TABLE reply_answers (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  thread_id bigint NOT NULL,
  reply_mail_id bigint NOT NULL,
  user_id bigint,
  message_id bigint,
  text text NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now()
)

TABLE reply_mails (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  thread_id bigint NOT NULL,
  inbound_message_id bigint NOT NULL,
  kind text NOT NULL,
  matched text NOT NULL,
  text text NOT NULL,
  received_at timestamp with time zone NOT NULL,
  read_at timestamp with time zone
)

TABLE reply_threads (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  workspace_id bigint NOT NULL,
  key text NOT NULL,
  contact_id bigint,
  campaign_id bigint,
  seq integer,
  message_id bigint,
  address text NOT NULL,
  name text NOT NULL DEFAULT ''::text,
  subject text NOT NULL DEFAULT ''::text,
  kind text NOT NULL,
  state text NOT NULL,
  unread integer NOT NULL DEFAULT 0,
  assignee_id bigint,
  note text NOT NULL DEFAULT ''::text,
  words text NOT NULL DEFAULT ''::text,
  preview text NOT NULL DEFAULT ''::text,
  version integer NOT NULL DEFAULT 1,
  last_at timestamp with time zone NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now()
)

TABLE report_blocks (
  campaign_id bigint NOT NULL,
  block bigint NOT NULL,
  part report_part NOT NULL,
  cells json NOT NULL
)

TABLE report_cells (
  campaign_id bigint NOT NULL,
  dim text NOT NULL,
  key text NOT NULL,
  n integer[] NOT NULL,
  sample text
)

TABLE report_marks (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  campaign_id bigint NOT NULL,
  block bigint NOT NULL,
  at timestamp with time zone NOT NULL DEFAULT now(),
  part report_part NOT NULL
)

TABLE report_shares (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  workspace_id bigint NOT NULL,
  campaign_id bigint NOT NULL,
  token_hash bytea NOT NULL,
  created_by text NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  expires_at timestamp with time zone NOT NULL
)

TABLE saved_blocks (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  workspace_id bigint NOT NULL,
  version integer NOT NULL DEFAULT 1,
  name text NOT NULL,
  content jsonb NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  images text[] DEFAULT image_ids(content)
)

TABLE saved_views (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  workspace_id bigint NOT NULL,
  user_id bigint NOT NULL,
  page text NOT NULL,
  name text NOT NULL,
  query text NOT NULL,
  position integer NOT NULL
)

TABLE segments (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  workspace_id bigint NOT NULL,
  version integer NOT NULL DEFAULT 1,
  name text NOT NULL,
  description text NOT NULL DEFAULT ''::text,
  rule jsonb NOT NULL,
  count integer,
  counted_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  deleted_at timestamp with time zone
)

TABLE send_batches (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  campaign_id bigint NOT NULL,
  workspace_id bigint NOT NULL,
  provider text NOT NULL,
  reserved boolean NOT NULL DEFAULT false,
  size integer NOT NULL,
  status text NOT NULL DEFAULT 'ready'::text,
  ready_at timestamp with time zone NOT NULL DEFAULT now(),
  lease_owner uuid,
  lease_until timestamp with time zone,
  fence bigint NOT NULL DEFAULT 0,
  slice integer[] NOT NULL DEFAULT '{}'::integer[],
  tier smallint NOT NULL DEFAULT 0,
  arm smallint NOT NULL DEFAULT 0,
  due_at timestamp with time zone
)

TABLE sender_processes (
  id uuid NOT NULL,
  host text NOT NULL,
  pid integer NOT NULL,
  boot_id text NOT NULL,
  started_at timestamp with time zone NOT NULL DEFAULT now(),
  seen_at timestamp with time zone NOT NULL DEFAULT now()
)

TABLE sending_domains (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  workspace_id bigint NOT NULL,
  domain text NOT NULL,
  status text NOT NULL DEFAULT 'unchecked'::text,
  records jsonb NOT NULL DEFAULT '[]'::jsonb,
  checked_at timestamp with time zone,
  next_check_at timestamp with time zone NOT NULL DEFAULT now(),
  created_at timestamp with time zone NOT NULL DEFAULT now()
)

TABLE sessions (
  token_hash bytea NOT NULL,
  user_id bigint NOT NULL,
  last_workspace_id bigint,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  seen_at timestamp with time zone NOT NULL DEFAULT now(),
  expires_at timestamp with time zone NOT NULL
)

TABLE setup_tokens (
  singleton boolean NOT NULL DEFAULT true,
  token_hash bytea NOT NULL,
  used_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now()
)

TABLE smtp_accounts (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  workspace_id bigint NOT NULL,
  version integer NOT NULL DEFAULT 1,
  kind text NOT NULL,
  name text NOT NULL,
  host text NOT NULL,
  port integer NOT NULL,
  security text NOT NULL,
  auth_method text NOT NULL,
  auth_user text NOT NULL DEFAULT ''::text,
  auth_secret bytea,
  return_path text NOT NULL,
  return_path_domain text,
  return_path_address text,
  connections integer NOT NULL,
  messages_per_connection integer NOT NULL,
  limits jsonb NOT NULL DEFAULT '{}'::jsonb,
  weight integer NOT NULL DEFAULT 1,
  from_domains text[] NOT NULL DEFAULT '{}'::text[],
  enabled boolean NOT NULL DEFAULT true,
  health text NOT NULL DEFAULT 'unknown'::text,
  last_error text,
  last_error_at timestamp with time zone,
  retry_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  warmup jsonb,
  warmup_stop jsonb,
  warmup_stopped_at timestamp with time zone,
  warmup_since timestamp with time zone
)

TABLE subscription_requests (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  form_id bigint NOT NULL,
  workspace_id bigint NOT NULL,
  canonical text NOT NULL,
  person jsonb NOT NULL,
  token text NOT NULL,
  requested_at timestamp with time zone NOT NULL DEFAULT now(),
  mails integer NOT NULL DEFAULT 0,
  mail_due boolean NOT NULL,
  confirmed_at timestamp with time zone
)

TABLE sunset_rules (
  workspace_id bigint NOT NULL,
  enabled boolean NOT NULL,
  mails integer NOT NULL,
  days integer NOT NULL,
  grace_days integer NOT NULL
)

TABLE sunset_schedules (
  workspace_id bigint NOT NULL,
  enabled boolean NOT NULL,
  every_days integer NOT NULL,
  list_id bigint,
  stages text[] NOT NULL,
  pending text[] NOT NULL DEFAULT '{}'::text[],
  next_at timestamp with time zone NOT NULL,
  last_at timestamp with time zone
)

TABLE suppression_lifts (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  workspace_id bigint NOT NULL,
  canonical text NOT NULL,
  at timestamp with time zone NOT NULL DEFAULT now()
)

TABLE suppressions (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  workspace_id bigint NOT NULL,
  canonical text NOT NULL,
  reason text NOT NULL,
  note text NOT NULL DEFAULT ''::text,
  detail text NOT NULL DEFAULT ''::text,
  campaign_id bigint,
  inbound_message_id bigint,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  expires_at timestamp with time zone,
  domain text DEFAULT 
CASE
    WHEN (canonical ~~ '@%'::text) THEN substr(canonical, 2)
    ELSE NULL::text
END,
  rule text
)

TABLE tags (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  workspace_id bigint NOT NULL,
  name text NOT NULL
)

TABLE templates (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  workspace_id bigint NOT NULL,
  version integer NOT NULL DEFAULT 1,
  name text NOT NULL,
  content jsonb NOT NULL,
  starter text,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  images text[] DEFAULT image_ids(content),
  category text NOT NULL DEFAULT ''::text
)

TABLE unsubscribe_reasons (
  campaign_id bigint NOT NULL,
  seq integer NOT NULL,
  reason text NOT NULL,
  comment text NOT NULL DEFAULT ''::text,
  at timestamp with time zone NOT NULL DEFAULT now()
)

TABLE users (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  email text NOT NULL,
  name text NOT NULL,
  password_hash text NOT NULL,
  locale text NOT NULL,
  timezone text NOT NULL,
  disabled_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now()
)

TABLE workspace_members (
  workspace_id bigint NOT NULL,
  user_id bigint NOT NULL,
  role text NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now()
)

TABLE workspaces (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  version integer NOT NULL DEFAULT 1,
  name text NOT NULL,
  locale text NOT NULL,
  timezone text NOT NULL,
  postal_address text NOT NULL DEFAULT ''::text,
  undo_seconds integer NOT NULL DEFAULT 10,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  demo boolean NOT NULL DEFAULT false,
  utm jsonb NOT NULL DEFAULT '{"term": "", "medium": "email", "source": "newsletter", "content": "", "enabled": false, "campaign": ""}'::jsonb
)

-- constraints
ab_tests: ab_tests_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaigns(id) ON DELETE CASCADE
ab_tests: ab_tests_chosen_by_check CHECK ((chosen_by = ANY (ARRAY['rule'::text, 'person'::text])))
ab_tests: ab_tests_metric_check CHECK ((metric = ANY (ARRAY['clicked'::text, 'opened'::text])))
ab_tests: ab_tests_pkey PRIMARY KEY (campaign_id)
api_keys: api_keys_created_by_fkey FOREIGN KEY (created_by) REFERENCES users(id) ON DELETE SET NULL
api_keys: api_keys_key_hash_key UNIQUE (key_hash)
api_keys: api_keys_pkey PRIMARY KEY (id)
api_keys: api_keys_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
archive_campaigns: archive_campaigns_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaigns(id) ON DELETE CASCADE
archive_campaigns: archive_campaigns_pkey PRIMARY KEY (campaign_id)
archive_campaigns: archive_campaigns_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
archives: archives_pkey PRIMARY KEY (workspace_id)
archives: archives_slug_key UNIQUE (slug)
archives: archives_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
attachments: attachments_pkey PRIMARY KEY (id)
attachments: attachments_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
audit_log: audit_log_pkey PRIMARY KEY (id)
audit_log: audit_log_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
campaign_alarms: campaign_alarms_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaigns(id) ON DELETE CASCADE
campaign_alarms: campaign_alarms_pkey PRIMARY KEY (id)
campaign_alarms: campaign_alarms_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
campaign_contents: campaign_contents_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaigns(id) ON DELETE CASCADE
campaign_contents: campaign_contents_pkey PRIMARY KEY (campaign_id)
campaign_exclusions: campaign_exclusions_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaigns(id) ON DELETE CASCADE
campaign_exclusions: campaign_exclusions_pkey PRIMARY KEY (campaign_id, contact_id)
campaign_recipients: campaign_recipients_bounce_kind_check CHECK ((bounce_kind = ANY (ARRAY['hard'::text, 'soft'::text])))
campaign_recipients: campaign_recipients_campaign_id_contact_id_key UNIQUE (campaign_id, contact_id)
campaign_recipients: campaign_recipients_pkey PRIMARY KEY (campaign_id, seq)
campaign_recipients: campaign_recipients_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'accepted'::text, 'rejected'::text, 'expired'::text, 'uncertain'::text, 'skipped'::text])))
campaign_recipients_0: campaign_recipients_0_campaign_id_contact_id_key UNIQUE (campaign_id, contact_id)
campaign_recipients_0: campaign_recipients_0_pkey PRIMARY KEY (campaign_id, seq)
campaign_recipients_0: campaign_recipients_bounce_kind_check CHECK ((bounce_kind = ANY (ARRAY['hard'::text, 'soft'::text])))
campaign_recipients_0: campaign_recipients_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'accepted'::text, 'rejected'::text, 'expired'::text, 'uncertain'::text, 'skipped'::text])))
campaign_variants: campaign_variants_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaigns(id) ON DELETE CASCADE
campaign_variants: campaign_variants_pkey PRIMARY KEY (campaign_id, variant)
campaign_zones: campaign_zones_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaigns(id) ON DELETE CASCADE
campaign_zones: campaign_zones_pkey PRIMARY KEY (campaign_id, zone)
campaigns: campaigns_hourly_limit_check CHECK (((hourly_limit >= 60) AND (hourly_limit <= 1000000)))
campaigns: campaigns_pkey PRIMARY KEY (id)
campaigns: campaigns_recipient_time_check CHECK ((recipient_time ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}$'::text))
campaigns: campaigns_status_check CHECK ((status = ANY (ARRAY['draft'::text, 'scheduled'::text, 'sending'::text, 'paused'::text, 'sent'::text, 'cancelled'::text, 'failed'::text])))
campaigns: campaigns_template_id_fkey FOREIGN KEY (template_id) REFERENCES templates(id) ON DELETE SET NULL
campaigns: campaigns_uncertain_check CHECK ((uncertain = ANY (ARRAY['hold'::text, 'resend'::text, 'skip'::text])))
campaigns: campaigns_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
cleaning_rows: cleaning_rows_cleaning_id_fkey FOREIGN KEY (cleaning_id) REFERENCES cleanings(id) ON DELETE CASCADE
cleaning_rows: cleaning_rows_pkey PRIMARY KEY (cleaning_id, contact_id)
cleanings: cleanings_kind_check CHECK ((kind = ANY (ARRAY['list'::text, 'invite'::text, 'suppress'::text])))
cleanings: cleanings_list_id_fkey FOREIGN KEY (list_id) REFERENCES lists(id) ON DELETE CASCADE
cleanings: cleanings_pkey PRIMARY KEY (id)
cleanings: cleanings_status_check CHECK ((status = ANY (ARRAY['queued'::text, 'judging'::text, 'ready'::text, 'applying'::text, 'applied'::text, 'undoing'::text, 'undone'::text, 'cancelled'::text, 'failed'::text])))
cleanings: cleanings_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
contact_fields: contact_fields_pkey PRIMARY KEY (id)
contact_fields: contact_fields_type_check CHECK ((type = ANY (ARRAY['text'::text, 'number'::text, 'boolean'::text, 'date'::text])))
contact_fields: contact_fields_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
contact_fields: contact_fields_workspace_id_key_key UNIQUE (workspace_id, key)
contacts: contacts_pkey PRIMARY KEY (id)
contacts: contacts_status_check CHECK ((status = ANY (ARRAY['active'::text, 'bounced'::text, 'complained'::text, 'suppressed'::text])))
contacts: contacts_workspace_id_canonical_key UNIQUE (workspace_id, canonical)
content_revisions: content_revisions_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaigns(id) ON DELETE CASCADE
content_revisions: content_revisions_check CHECK ((num_nonnulls(template_id, campaign_id) = 1))
content_revisions: content_revisions_pkey PRIMARY KEY (id)
content_revisions: content_revisions_template_id_fkey FOREIGN KEY (template_id) REFERENCES templates(id) ON DELETE CASCADE
content_revisions: content_revisions_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
dkim_keys: dkim_keys_domain_id_fkey FOREIGN KEY (domain_id) REFERENCES sending_domains(id) ON DELETE CASCADE
dkim_keys: dkim_keys_domain_id_selector_key UNIQUE (domain_id, selector)
dkim_keys: dkim_keys_pkey PRIMARY KEY (id)
dkim_keys: dkim_keys_state_check CHECK ((state = ANY (ARRAY['active'::text, 'next'::text, 'retired'::text])))
forms: forms_pkey PRIMARY KEY (id)
forms: forms_public_id_key UNIQUE (public_id)
forms: forms_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
forms: forms_workspace_id_name_key UNIQUE (workspace_id, name)
hygiene_change_addresses: hygiene_change_addresses_change_id_fkey FOREIGN KEY (change_id) REFERENCES hygiene_changes(id) ON DELETE CASCADE
hygiene_change_addresses: hygiene_change_addresses_pkey PRIMARY KEY (change_id, canonical)
hygiene_changes: hygiene_changes_pkey PRIMARY KEY (id)
hygiene_changes: hygiene_changes_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
hygiene_hits: hygiene_hits_pkey PRIMARY KEY (id)
hygiene_settings: hygiene_settings_pkey PRIMARY KEY (workspace_id, rule)
hygiene_settings: hygiene_settings_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
idempotency_keys: idempotency_keys_pkey PRIMARY KEY (workspace_id, key)
idempotency_keys: idempotency_keys_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
images: images_pkey PRIMARY KEY (id)
images: images_public_id_key UNIQUE (public_id)
images: images_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
import_chunks: import_chunks_pkey PRIMARY KEY (file_id, seq)
import_errors: import_errors_import_id_fkey FOREIGN KEY (import_id) REFERENCES imports(id) ON DELETE CASCADE
import_errors: import_errors_pkey PRIMARY KEY (import_id, line)
import_undo: import_undo_pkey PRIMARY KEY (contact_id, import_id)
imports: imports_list_id_fkey FOREIGN KEY (list_id) REFERENCES lists(id) ON DELETE CASCADE
imports: imports_phase_check CHECK ((phase = ANY (ARRAY['reading'::text, 'merging'::text, 'finished'::text])))
imports: imports_pkey PRIMARY KEY (id)
imports: imports_status_check CHECK ((status = ANY (ARRAY['draft'::text, 'checking'::text, 'checked'::text, 'queued'::text, 'running'::text, 'done'::text, 'cancelled'::text, 'failed'::text, 'undone'::text])))
imports: imports_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
inbound_messages: inbound_messages_mailbox_id_fkey FOREIGN KEY (mailbox_id) REFERENCES mailboxes(id) ON DELETE SET NULL
inbound_messages: inbound_messages_pkey PRIMARY KEY (id)
inbound_messages: inbound_messages_status_check CHECK ((status = ANY (ARRAY['stored'::text, 'applied'::text, 'review'::text, 'quarantined'::text, 'logged'::text])))
inbound_takes: inbound_takes_pkey PRIMARY KEY (id)
inbound_verdicts: inbound_verdicts_inbound_message_id_fkey FOREIGN KEY (inbound_message_id) REFERENCES inbound_messages(id) ON DELETE CASCADE
inbound_verdicts: inbound_verdicts_pkey PRIMARY KEY (inbound_message_id)
inbound_verdicts: inbound_verdicts_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
instance: instance_id_check CHECK (id)
instance: instance_pkey PRIMARY KEY (id)
learned_phrases: learned_phrases_pkey PRIMARY KEY (id)
learned_phrases: learned_phrases_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
learned_phrases: learned_phrases_workspace_id_phrase_key UNIQUE (workspace_id, phrase)
link_checks: link_checks_pkey PRIMARY KEY (workspace_id, digest)
link_checks: link_checks_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
list_members: list_members_pkey PRIMARY KEY (list_id, contact_id)
list_members: list_members_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'subscribed'::text, 'unsubscribed'::text])))
lists: lists_opt_in_check CHECK ((opt_in = ANY (ARRAY['single'::text, 'double'::text])))
lists: lists_pkey PRIMARY KEY (id)
lists: lists_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
lists: lists_workspace_id_name_key UNIQUE (workspace_id, name)
mail_domains: mail_domains_mail_check CHECK ((mail = ANY (ARRAY['exchangers'::text, 'address'::text, 'refused'::text, 'nothing'::text, 'no-such-domain'::text])))
mail_domains: mail_domains_pkey PRIMARY KEY (domain)
mailbox_cursors: mailbox_cursors_mailbox_id_fkey FOREIGN KEY (mailbox_id) REFERENCES mailboxes(id) ON DELETE CASCADE
mailbox_cursors: mailbox_cursors_pkey PRIMARY KEY (mailbox_id, folder)
mailbox_flags: mailbox_flags_flag_check CHECK ((flag = ANY (ARRAY['seen'::text, 'answered'::text, 'keyword'::text, 'move'::text])))
mailbox_flags: mailbox_flags_inbound_message_id_fkey FOREIGN KEY (inbound_message_id) REFERENCES inbound_messages(id) ON DELETE CASCADE
mailbox_flags: mailbox_flags_inbound_message_id_flag_key UNIQUE (inbound_message_id, flag)
mailbox_flags: mailbox_flags_mailbox_id_fkey FOREIGN KEY (mailbox_id) REFERENCES mailboxes(id) ON DELETE CASCADE
mailbox_flags: mailbox_flags_pkey PRIMARY KEY (id)
mailbox_uidls: mailbox_uidls_mailbox_id_fkey FOREIGN KEY (mailbox_id) REFERENCES mailboxes(id) ON DELETE CASCADE
mailbox_uidls: mailbox_uidls_pkey PRIMARY KEY (mailbox_id, uidl)
mailboxes: mailboxes_pkey PRIMARY KEY (id)
mailboxes: mailboxes_protocol_check CHECK ((protocol = ANY (ARRAY['imap'::text, 'pop3'::text])))
mailboxes: mailboxes_security_check CHECK ((security = ANY (ARRAY['tls'::text, 'starttls'::text, 'none'::text])))
mailboxes: mailboxes_state_check CHECK ((state = ANY (ARRAY['connecting'::text, 'idle'::text, 'polling'::text, 'error'::text, 'disabled'::text])))
mailboxes: mailboxes_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
message_attachments: message_attachments_message_id_fkey FOREIGN KEY (message_id) REFERENCES messages(id) ON DELETE CASCADE
message_attachments: message_attachments_pkey PRIMARY KEY (message_id, "position")
message_claims: message_claims_pkey PRIMARY KEY (id)
message_contents: message_contents_pkey PRIMARY KEY (id)
message_contents: message_contents_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
message_contents: message_contents_workspace_id_hash_key UNIQUE (workspace_id, hash)
messages: messages_bounce_kind_check CHECK ((bounce_kind = ANY (ARRAY['hard'::text, 'soft'::text])))
messages: messages_content_id_fkey FOREIGN KEY (content_id) REFERENCES message_contents(id)
messages: messages_pkey PRIMARY KEY (id)
messages: messages_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'accepted'::text, 'rejected'::text, 'expired'::text, 'uncertain'::text, 'skipped'::text])))
messages: messages_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
pace_states: pace_states_pkey PRIMARY KEY (key)
password_resets: password_resets_pkey PRIMARY KEY (id)
password_resets: password_resets_token_hash_key UNIQUE (token_hash)
password_resets: password_resets_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
preflights: preflights_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaigns(id) ON DELETE CASCADE
preflights: preflights_pkey PRIMARY KEY (campaign_id)
preflights: preflights_status_check CHECK ((status = ANY (ARRAY['queued'::text, 'running'::text, 'done'::text])))
preflights: preflights_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
process_beats: process_beats_pkey PRIMARY KEY (id)
purchases: purchases_check CHECK (((amount IS NULL) = (currency IS NULL)))
purchases: purchases_pkey PRIMARY KEY (id)
purchases: purchases_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
purchases: purchases_workspace_id_order_id_key UNIQUE (workspace_id, order_id)
rehearsals: rehearsals_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaigns(id) ON DELETE CASCADE
rehearsals: rehearsals_phase_check CHECK ((phase = ANY (ARRAY['audience'::text, 'rendering'::text, 'sending'::text])))
rehearsals: rehearsals_pkey PRIMARY KEY (id)
rehearsals: rehearsals_status_check CHECK ((status = ANY (ARRAY['queued'::text, 'running'::text, 'done'::text, 'cancelled'::text, 'failed'::text])))
rehearsals: rehearsals_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
reply_answers: reply_answers_message_id_fkey FOREIGN KEY (message_id) REFERENCES messages(id) ON DELETE SET NULL
reply_answers: reply_answers_pkey PRIMARY KEY (id)
reply_answers: reply_answers_reply_mail_id_fkey FOREIGN KEY (reply_mail_id) REFERENCES reply_mails(id) ON DELETE CASCADE
reply_answers: reply_answers_thread_id_fkey FOREIGN KEY (thread_id) REFERENCES reply_threads(id) ON DELETE CASCADE
reply_answers: reply_answers_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE SET NULL
reply_mails: reply_mails_inbound_message_id_fkey FOREIGN KEY (inbound_message_id) REFERENCES inbound_messages(id) ON DELETE CASCADE
reply_mails: reply_mails_inbound_message_id_key UNIQUE (inbound_message_id)
reply_mails: reply_mails_matched_check CHECK ((matched = ANY (ARRAY['token'::text, 'sender'::text, 'person'::text])))
reply_mails: reply_mails_pkey PRIMARY KEY (id)
reply_mails: reply_mails_thread_id_fkey FOREIGN KEY (thread_id) REFERENCES reply_threads(id) ON DELETE CASCADE
reply_threads: reply_threads_assignee_id_fkey FOREIGN KEY (assignee_id) REFERENCES users(id) ON DELETE SET NULL
reply_threads: reply_threads_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contacts(id) ON DELETE CASCADE
reply_threads: reply_threads_kind_check CHECK ((kind = ANY (ARRAY['reply'::text, 'auto-reply'::text, 'unsubscribe'::text])))
reply_threads: reply_threads_pkey PRIMARY KEY (id)
reply_threads: reply_threads_state_check CHECK ((state = ANY (ARRAY['new'::text, 'open'::text, 'done'::text])))
reply_threads: reply_threads_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
reply_threads: reply_threads_workspace_id_key_key UNIQUE (workspace_id, key)
report_blocks: report_blocks_campaign_id_fkey1 FOREIGN KEY (campaign_id) REFERENCES campaigns(id) ON DELETE CASCADE
report_blocks: report_blocks_pkey PRIMARY KEY (campaign_id, block, part)
report_cells: report_cells_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaigns(id) ON DELETE CASCADE
report_cells: report_cells_pkey PRIMARY KEY (campaign_id, dim, key)
report_marks: report_marks_pkey PRIMARY KEY (id)
report_shares: report_shares_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaigns(id) ON DELETE CASCADE
report_shares: report_shares_pkey PRIMARY KEY (id)
report_shares: report_shares_token_hash_key UNIQUE (token_hash)
report_shares: report_shares_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
saved_blocks: saved_blocks_pkey PRIMARY KEY (id)
saved_blocks: saved_blocks_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
saved_views: saved_views_pkey PRIMARY KEY (id)
saved_views: saved_views_workspace_id_user_id_fkey FOREIGN KEY (workspace_id, user_id) REFERENCES workspace_members(workspace_id, user_id) ON DELETE CASCADE
saved_views: saved_views_workspace_id_user_id_page_name_key UNIQUE (workspace_id, user_id, page, name)
segments: segments_pkey PRIMARY KEY (id)
segments: segments_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
send_batches: send_batches_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaigns(id) ON DELETE CASCADE
send_batches: send_batches_pkey PRIMARY KEY (id)
send_batches: send_batches_status_check CHECK ((status = ANY (ARRAY['ready'::text, 'leased'::text, 'done'::text])))
sender_processes: sender_processes_pkey PRIMARY KEY (id)
sending_domains: sending_domains_pkey PRIMARY KEY (id)
sending_domains: sending_domains_status_check CHECK ((status = ANY (ARRAY['unchecked'::text, 'verified'::text, 'partly'::text, 'unverified'::text])))
sending_domains: sending_domains_workspace_id_domain_key UNIQUE (workspace_id, domain)
sending_domains: sending_domains_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
sessions: sessions_last_workspace_id_fkey FOREIGN KEY (last_workspace_id) REFERENCES workspaces(id) ON DELETE SET NULL
sessions: sessions_pkey PRIMARY KEY (token_hash)
sessions: sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
setup_tokens: setup_tokens_pkey PRIMARY KEY (singleton)
setup_tokens: setup_tokens_singleton_check CHECK (singleton)
smtp_accounts: smtp_accounts_health_check CHECK ((health = ANY (ARRAY['ok'::text, 'failing'::text, 'unknown'::text])))
smtp_accounts: smtp_accounts_kind_check CHECK ((kind = ANY (ARRAY['sandbox'::text, 'smtp'::text])))
smtp_accounts: smtp_accounts_pkey PRIMARY KEY (id)
smtp_accounts: smtp_accounts_return_path_check CHECK ((return_path = ANY (ARRAY['verp'::text, 'account'::text])))
smtp_accounts: smtp_accounts_security_check CHECK ((security = ANY (ARRAY['tls'::text, 'starttls'::text, 'none'::text])))
smtp_accounts: smtp_accounts_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
subscription_requests: subscription_requests_form_id_canonical_key UNIQUE (form_id, canonical)
subscription_requests: subscription_requests_form_id_fkey FOREIGN KEY (form_id) REFERENCES forms(id) ON DELETE CASCADE
subscription_requests: subscription_requests_pkey PRIMARY KEY (id)
subscription_requests: subscription_requests_token_key UNIQUE (token)
subscription_requests: subscription_requests_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
sunset_rules: sunset_rules_pkey PRIMARY KEY (workspace_id)
sunset_rules: sunset_rules_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
sunset_schedules: sunset_schedules_list_id_fkey FOREIGN KEY (list_id) REFERENCES lists(id) ON DELETE SET NULL
sunset_schedules: sunset_schedules_pkey PRIMARY KEY (workspace_id)
sunset_schedules: sunset_schedules_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
suppression_lifts: suppression_lifts_pkey PRIMARY KEY (id)
suppression_lifts: suppression_lifts_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
suppressions: suppressions_pkey PRIMARY KEY (id)
suppressions: suppressions_reason_check CHECK ((reason = ANY (ARRAY['hard_bounce'::text, 'soft_bounce'::text, 'complaint'::text, 'unsubscribed'::text, 'manual'::text, 'backed_off'::text, 'quarantined'::text])))
suppressions: suppressions_workspace_id_canonical_key UNIQUE (workspace_id, canonical)
tags: tags_pkey PRIMARY KEY (id)
tags: tags_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
tags: tags_workspace_id_name_key UNIQUE (workspace_id, name)
templates: templates_pkey PRIMARY KEY (id)
templates: templates_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
unsubscribe_reasons: unsubscribe_reasons_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaigns(id) ON DELETE CASCADE
unsubscribe_reasons: unsubscribe_reasons_pkey PRIMARY KEY (campaign_id, seq)
users: users_email_key UNIQUE (email)
users: users_pkey PRIMARY KEY (id)
workspace_members: workspace_members_pkey PRIMARY KEY (workspace_id, user_id)
workspace_members: workspace_members_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'member'::text])))
workspace_members: workspace_members_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
workspace_members: workspace_members_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
workspaces: workspaces_pkey PRIMARY KEY (id)

-- indexes
CREATE INDEX ab_tests_images ON public.ab_tests USING gin (images)
CREATE INDEX ab_tests_open ON public.ab_tests USING btree (campaign_id) WHERE ((judged_at IS NULL) AND (winner IS NULL))
CREATE UNIQUE INDEX ab_tests_pkey ON public.ab_tests USING btree (campaign_id)
CREATE UNIQUE INDEX api_keys_key_hash_key ON public.api_keys USING btree (key_hash)
CREATE UNIQUE INDEX api_keys_pkey ON public.api_keys USING btree (id)
CREATE INDEX api_keys_workspace ON public.api_keys USING btree (workspace_id, id)
CREATE INDEX archive_campaigns_page ON public.archive_campaigns USING btree (workspace_id, campaign_id)
CREATE UNIQUE INDEX archive_campaigns_pkey ON public.archive_campaigns USING btree (campaign_id)
CREATE UNIQUE INDEX archives_pkey ON public.archives USING btree (workspace_id)
CREATE UNIQUE INDEX archives_slug_key ON public.archives USING btree (slug)
CREATE UNIQUE INDEX attachments_pkey ON public.attachments USING btree (id)
CREATE UNIQUE INDEX audit_log_pkey ON public.audit_log USING btree (id)
CREATE INDEX audit_log_workspace ON public.audit_log USING btree (workspace_id, id)
CREATE INDEX campaign_alarms_campaign ON public.campaign_alarms USING btree (campaign_id, id)
CREATE INDEX campaign_alarms_page ON public.campaign_alarms USING btree (workspace_id, id)
CREATE UNIQUE INDEX campaign_alarms_pkey ON public.campaign_alarms USING btree (id)
CREATE INDEX campaign_contents_images ON public.campaign_contents USING gin (images)
CREATE UNIQUE INDEX campaign_contents_pkey ON public.campaign_contents USING btree (campaign_id)
CREATE UNIQUE INDEX campaign_exclusions_pkey ON public.campaign_exclusions USING btree (campaign_id, contact_id)
CREATE INDEX campaign_recipients_0_batch_id_seq_idx ON public.campaign_recipients_0 USING btree (batch_id, seq)
CREATE UNIQUE INDEX campaign_recipients_0_campaign_id_contact_id_key ON public.campaign_recipients_0 USING btree (campaign_id, contact_id)
CREATE INDEX campaign_recipients_0_campaign_id_idx ON public.campaign_recipients_0 USING btree (campaign_id) WHERE refusal_pending
CREATE INDEX campaign_recipients_0_campaign_id_seq_idx ON public.campaign_recipients_0 USING btree (campaign_id, seq) WHERE uncertain
CREATE INDEX campaign_recipients_0_contact_id_idx ON public.campaign_recipients_0 USING btree (contact_id)
CREATE UNIQUE INDEX campaign_recipients_0_pkey ON public.campaign_recipients_0 USING btree (campaign_id, seq)
CREATE INDEX campaign_recipients_batch ON ONLY public.campaign_recipients USING btree (batch_id, seq)
CREATE UNIQUE INDEX campaign_recipients_campaign_id_contact_id_key ON ONLY public.campaign_recipients USING btree (campaign_id, contact_id)
CREATE INDEX campaign_recipients_contact ON ONLY public.campaign_recipients USING btree (contact_id)
CREATE UNIQUE INDEX campaign_recipients_pkey ON ONLY public.campaign_recipients USING btree (campaign_id, seq)
CREATE INDEX campaign_recipients_refusal ON ONLY public.campaign_recipients USING btree (campaign_id) WHERE refusal_pending
CREATE INDEX campaign_recipients_uncertain ON ONLY public.campaign_recipients USING btree (campaign_id, seq) WHERE uncertain
CREATE INDEX campaign_variants_images ON public.campaign_variants USING gin (images)
CREATE UNIQUE INDEX campaign_variants_pkey ON public.campaign_variants USING btree (campaign_id, variant)
CREATE UNIQUE INDEX campaign_zones_pkey ON public.campaign_zones USING btree (campaign_id, zone)
CREATE INDEX campaigns_active ON public.campaigns USING btree (status) WHERE (status = ANY (ARRAY['scheduled'::text, 'sending'::text, 'paused'::text]))
CREATE INDEX campaigns_images ON public.campaigns USING gin (images)
CREATE INDEX campaigns_page ON public.campaigns USING btree (workspace_id, id)
CREATE UNIQUE INDEX campaigns_pkey ON public.campaigns USING btree (id)
CREATE INDEX campaigns_template ON public.campaigns USING btree (template_id) WHERE (template_id IS NOT NULL)
CREATE INDEX cleaning_rows_contact ON public.cleaning_rows USING btree (contact_id)
CREATE UNIQUE INDEX cleaning_rows_pkey ON public.cleaning_rows USING btree (cleaning_id, contact_id)
CREATE INDEX cleanings_active ON public.cleanings USING btree (id) WHERE (status = ANY (ARRAY['queued'::text, 'judging'::text, 'applying'::text, 'undoing'::text]))
CREATE INDEX cleanings_list ON public.cleanings USING btree (list_id, id)
CREATE UNIQUE INDEX cleanings_pkey ON public.cleanings USING btree (id)
CREATE INDEX cleanings_scheduled ON public.cleanings USING btree (workspace_id, id) WHERE scheduled
CREATE UNIQUE INDEX contact_fields_pkey ON public.contact_fields USING btree (id)
CREATE UNIQUE INDEX contact_fields_workspace_id_key_key ON public.contact_fields USING btree (workspace_id, key)
CREATE INDEX contacts_page ON public.contacts USING btree (workspace_id, id)
CREATE UNIQUE INDEX contacts_pkey ON public.contacts USING btree (id)
CREATE INDEX contacts_tags ON public.contacts USING gin (tags)
CREATE UNIQUE INDEX contacts_workspace_id_canonical_key ON public.contacts USING btree (workspace_id, canonical)
CREATE INDEX content_revisions_campaign ON public.content_revisions USING btree (campaign_id, id) WHERE (campaign_id IS NOT NULL)
CREATE UNIQUE INDEX content_revisions_pkey ON public.content_revisions USING btree (id)
CREATE INDEX content_revisions_template ON public.content_revisions USING btree (template_id, id) WHERE (template_id IS NOT NULL)
CREATE UNIQUE INDEX dkim_keys_domain_id_selector_key ON public.dkim_keys USING btree (domain_id, selector)
CREATE UNIQUE INDEX dkim_keys_one_each ON public.dkim_keys USING btree (domain_id, state) WHERE (state <> 'retired'::text)
CREATE UNIQUE INDEX dkim_keys_pkey ON public.dkim_keys USING btree (id)
CREATE INDEX events_contact ON public.events USING btree (contact_id, id)
CREATE INDEX events_recipient ON public.events USING btree (campaign_id, seq)
CREATE INDEX events_workspace ON public.events USING btree (workspace_id, at)
CREATE INDEX forms_page ON public.forms USING btree (workspace_id, id)
CREATE UNIQUE INDEX forms_pkey ON public.forms USING btree (id)
CREATE UNIQUE INDEX forms_public_id_key ON public.forms USING btree (public_id)
CREATE UNIQUE INDEX forms_workspace_id_name_key ON public.forms USING btree (workspace_id, name)
CREATE UNIQUE INDEX hygiene_change_addresses_pkey ON public.hygiene_change_addresses USING btree (change_id, canonical)
CREATE INDEX hygiene_changes_page ON public.hygiene_changes USING btree (workspace_id, id)
CREATE UNIQUE INDEX hygiene_changes_pkey ON public.hygiene_changes USING btree (id)
CREATE INDEX hygiene_hits_address ON public.hygiene_hits USING btree (workspace_id, canonical, at)
CREATE INDEX hygiene_hits_domain ON public.hygiene_hits USING btree (workspace_id, domain, at) WHERE (rule = 'unreachable'::text)
CREATE UNIQUE INDEX hygiene_hits_message ON public.hygiene_hits USING btree (message_id) WHERE (message_id IS NOT NULL)
CREATE UNIQUE INDEX hygiene_hits_pkey ON public.hygiene_hits USING btree (id)
CREATE INDEX hygiene_hits_recent ON public.hygiene_hits USING brin (at) WITH (pages_per_range='16')
CREATE UNIQUE INDEX hygiene_hits_recipient ON public.hygiene_hits USING btree (campaign_id, seq) WHERE (campaign_id IS NOT NULL)
CREATE UNIQUE INDEX hygiene_settings_pkey ON public.hygiene_settings USING btree (workspace_id, rule)
CREATE INDEX idempotency_keys_age ON public.idempotency_keys USING btree (created_at)
CREATE UNIQUE INDEX idempotency_keys_pkey ON public.idempotency_keys USING btree (workspace_id, key)
CREATE INDEX images_page ON public.images USING btree (workspace_id, id)
CREATE UNIQUE INDEX images_pkey ON public.images USING btree (id)
CREATE UNIQUE INDEX images_public_id_key ON public.images USING btree (public_id)
CREATE UNIQUE INDEX import_chunks_pkey ON public.import_chunks USING btree (file_id, seq)
CREATE UNIQUE INDEX import_errors_pkey ON public.import_errors USING btree (import_id, line)
CREATE UNIQUE INDEX import_undo_pkey ON public.import_undo USING btree (contact_id, import_id)
CREATE INDEX imports_active ON public.imports USING btree (id) WHERE (status = ANY (ARRAY['draft'::text, 'checking'::text, 'checked'::text, 'queued'::text, 'running'::text]))
CREATE INDEX imports_header ON public.imports USING btree (workspace_id, header_key, id) WHERE (header_key IS NOT NULL)
CREATE INDEX imports_held ON public.imports USING btree (workspace_id) WHERE (held_at IS NOT NULL)
CREATE INDEX imports_page ON public.imports USING btree (workspace_id, id)
CREATE UNIQUE INDEX imports_pkey ON public.imports USING btree (id)
CREATE INDEX inbound_messages_hash ON public.inbound_messages USING btree (workspace_id, content_hash) WHERE (folder IS NOT NULL)
CREATE INDEX inbound_messages_kinds ON public.inbound_messages USING btree (mailbox_id, kind) WHERE (mailbox_id IS NOT NULL)
CREATE INDEX inbound_messages_page ON public.inbound_messages USING btree (workspace_id, id)
CREATE UNIQUE INDEX inbound_messages_pkey ON public.inbound_messages USING btree (id)
CREATE INDEX inbound_messages_review ON public.inbound_messages USING btree (workspace_id, id) WHERE (status = ANY (ARRAY['review'::text, 'quarantined'::text]))
CREATE INDEX inbound_messages_source ON public.inbound_messages USING btree (mailbox_id, folder, uid_validity, uid) WHERE (mailbox_id IS NOT NULL)
CREATE INDEX inbound_messages_stored ON public.inbound_messages USING btree (id) WHERE (status = 'stored'::text)
CREATE UNIQUE INDEX inbound_takes_pkey ON public.inbound_takes USING btree (id)
CREATE INDEX inbound_verdicts_due ON public.inbound_verdicts USING btree (acts_at) WHERE (acted_at IS NULL)
CREATE UNIQUE INDEX inbound_verdicts_pkey ON public.inbound_verdicts USING btree (inbound_message_id)
CREATE UNIQUE INDEX instance_pkey ON public.instance USING btree (id)
CREATE UNIQUE INDEX learned_phrases_pkey ON public.learned_phrases USING btree (id)
CREATE UNIQUE INDEX learned_phrases_workspace_id_phrase_key ON public.learned_phrases USING btree (workspace_id, phrase)
CREATE UNIQUE INDEX link_checks_pkey ON public.link_checks USING btree (workspace_id, digest)
CREATE INDEX list_members_contact ON public.list_members USING btree (contact_id, list_id)
CREATE UNIQUE INDEX list_members_pkey ON public.list_members USING btree (list_id, contact_id)
CREATE UNIQUE INDEX lists_pkey ON public.lists USING btree (id)
CREATE UNIQUE INDEX lists_workspace_id_name_key ON public.lists USING btree (workspace_id, name)
CREATE INDEX mail_domains_due ON public.mail_domains USING btree (retry_at)
CREATE UNIQUE INDEX mail_domains_pkey ON public.mail_domains USING btree (domain)
CREATE UNIQUE INDEX mailbox_cursors_pkey ON public.mailbox_cursors USING btree (mailbox_id, folder)
CREATE INDEX mailbox_flags_due ON public.mailbox_flags USING btree (mailbox_id, due_at) WHERE ((done_at IS NULL) AND (given_up IS NULL))
CREATE UNIQUE INDEX mailbox_flags_inbound_message_id_flag_key ON public.mailbox_flags USING btree (inbound_message_id, flag)
CREATE UNIQUE INDEX mailbox_flags_pkey ON public.mailbox_flags USING btree (id)
CREATE UNIQUE INDEX mailbox_uidls_pkey ON public.mailbox_uidls USING btree (mailbox_id, uidl)
CREATE UNIQUE INDEX mailboxes_pkey ON public.mailboxes USING btree (id)
CREATE INDEX mailboxes_workspace ON public.mailboxes USING btree (workspace_id, id)
CREATE UNIQUE INDEX message_attachments_pkey ON public.message_attachments USING btree (message_id, "position")
CREATE UNIQUE INDEX message_claims_pkey ON public.message_claims USING btree (id)
CREATE INDEX message_claims_until ON public.message_claims USING btree (lease_until)
CREATE UNIQUE INDEX message_contents_pkey ON public.message_contents USING btree (id)
CREATE UNIQUE INDEX message_contents_workspace_id_hash_key ON public.message_contents USING btree (workspace_id, hash)
CREATE INDEX messages_claimed ON public.messages USING btree (claim_id) WHERE (claim_id IS NOT NULL)
CREATE INDEX messages_content ON public.messages USING btree (content_id)
CREATE INDEX messages_created ON public.messages USING btree (created_at)
CREATE UNIQUE INDEX messages_idempotency ON public.messages USING btree (workspace_id, idempotency_key) WHERE (idempotency_key IS NOT NULL)
CREATE INDEX messages_page ON public.messages USING btree (workspace_id, id)
CREATE UNIQUE INDEX messages_pkey ON public.messages USING btree (id)
CREATE INDEX messages_ready ON public.messages USING btree (ready_at, id) WHERE ((status = 'pending'::text) AND (claim_id IS NULL))
CREATE INDEX messages_refusal ON public.messages USING btree (id) WHERE refusal_pending
CREATE INDEX messages_status ON public.messages USING btree (workspace_id, status, id) WHERE (status <> 'accepted'::text)
CREATE INDEX messages_tags ON public.messages USING gin (tags)
CREATE INDEX messages_to ON public.messages USING btree (workspace_id, canonical text_pattern_ops, id)
CREATE UNIQUE INDEX pace_states_pkey ON public.pace_states USING btree (key)
CREATE INDEX password_resets_due ON public.password_resets USING btree (due_at) WHERE (due_at IS NOT NULL)
CREATE UNIQUE INDEX password_resets_pkey ON public.password_resets USING btree (id)
CREATE UNIQUE INDEX password_resets_token_hash_key ON public.password_resets USING btree (token_hash)
CREATE INDEX preflights_active ON public.preflights USING btree (lease_until) WHERE (status <> 'done'::text)
CREATE UNIQUE INDEX preflights_pkey ON public.preflights USING btree (campaign_id)
CREATE UNIQUE INDEX process_beats_pkey ON public.process_beats USING btree (id)
CREATE INDEX purchases_contact ON public.purchases USING btree (contact_id, bought_at)
CREATE INDEX purchases_page ON public.purchases USING btree (workspace_id, bought_at, id) INCLUDE (contact_id)
CREATE UNIQUE INDEX purchases_pkey ON public.purchases USING btree (id)
CREATE UNIQUE INDEX purchases_workspace_id_order_id_key ON public.purchases USING btree (workspace_id, order_id)
CREATE INDEX rehearsals_campaign ON public.rehearsals USING btree (campaign_id, id)
CREATE UNIQUE INDEX rehearsals_pkey ON public.rehearsals USING btree (id)
CREATE INDEX reply_answers_message ON public.reply_answers USING btree (message_id)
CREATE UNIQUE INDEX reply_answers_pkey ON public.reply_answers USING btree (id)
CREATE INDEX reply_answers_thread ON public.reply_answers USING btree (thread_id, id)
CREATE UNIQUE INDEX reply_mails_inbound_message_id_key ON public.reply_mails USING btree (inbound_message_id)
CREATE UNIQUE INDEX reply_mails_pkey ON public.reply_mails USING btree (id)
CREATE INDEX reply_mails_thread ON public.reply_mails USING btree (thread_id, id)
CREATE INDEX reply_threads_address ON public.reply_threads USING btree (workspace_id, address, last_at)
CREATE INDEX reply_threads_contact ON public.reply_threads USING btree (contact_id)
CREATE INDEX reply_threads_page ON public.reply_threads USING btree (workspace_id, last_at, id)
CREATE UNIQUE INDEX reply_threads_pkey ON public.reply_threads USING btree (id)
CREATE INDEX reply_threads_unread ON public.reply_threads USING btree (workspace_id) WHERE (unread > 0)
CREATE UNIQUE INDEX reply_threads_workspace_id_key_key ON public.reply_threads USING btree (workspace_id, key)
CREATE UNIQUE INDEX report_blocks_pkey ON public.report_blocks USING btree (campaign_id, block, part)
CREATE UNIQUE INDEX report_cells_pkey ON public.report_cells USING btree (campaign_id, dim, key)
CREATE INDEX report_marks_block ON public.report_marks USING btree (campaign_id, block)
CREATE UNIQUE INDEX report_marks_pkey ON public.report_marks USING btree (id)
CREATE INDEX report_shares_campaign ON public.report_shares USING btree (campaign_id, id)
CREATE UNIQUE INDEX report_shares_pkey ON public.report_shares USING btree (id)
CREATE UNIQUE INDEX report_shares_token_hash_key ON public.report_shares USING btree (token_hash)
CREATE INDEX saved_blocks_images ON public.saved_blocks USING gin (images)
CREATE INDEX saved_blocks_page ON public.saved_blocks USING btree (workspace_id, id)
CREATE UNIQUE INDEX saved_blocks_pkey ON public.saved_blocks USING btree (id)
CREATE UNIQUE INDEX saved_views_pkey ON public.saved_views USING btree (id)
CREATE UNIQUE INDEX saved_views_workspace_id_user_id_page_name_key ON public.saved_views USING btree (workspace_id, user_id, page, name)
CREATE UNIQUE INDEX segments_name ON public.segments USING btree (workspace_id, name) WHERE (deleted_at IS NULL)
CREATE INDEX segments_page ON public.segments USING btree (workspace_id, id)
CREATE UNIQUE INDEX segments_pkey ON public.segments USING btree (id)
CREATE INDEX send_batches_campaign ON public.send_batches USING btree (campaign_id, status)
CREATE INDEX send_batches_leased ON public.send_batches USING btree (lease_until) WHERE (status = 'leased'::text)
CREATE UNIQUE INDEX send_batches_pkey ON public.send_batches USING btree (id)
CREATE INDEX send_batches_ready ON public.send_batches USING btree (ready_at) WHERE (status = 'ready'::text)
CREATE UNIQUE INDEX sender_processes_pkey ON public.sender_processes USING btree (id)
CREATE INDEX sending_domains_due ON public.sending_domains USING btree (next_check_at)
CREATE UNIQUE INDEX sending_domains_pkey ON public.sending_domains USING btree (id)
CREATE UNIQUE INDEX sending_domains_workspace_id_domain_key ON public.sending_domains USING btree (workspace_id, domain)
CREATE UNIQUE INDEX sessions_pkey ON public.sessions USING btree (token_hash)
CREATE INDEX sessions_user ON public.sessions USING btree (user_id)
CREATE UNIQUE INDEX setup_tokens_pkey ON public.setup_tokens USING btree (singleton)
CREATE UNIQUE INDEX smtp_accounts_pkey ON public.smtp_accounts USING btree (id)
CREATE INDEX smtp_accounts_workspace ON public.smtp_accounts USING btree (workspace_id, id)
CREATE INDEX subscription_requests_due ON public.subscription_requests USING btree (id) WHERE mail_due
CREATE UNIQUE INDEX subscription_requests_form_id_canonical_key ON public.subscription_requests USING btree (form_id, canonical)
CREATE UNIQUE INDEX subscription_requests_pkey ON public.subscription_requests USING btree (id)
CREATE UNIQUE INDEX subscription_requests_token_key ON public.subscription_requests USING btree (token)
CREATE UNIQUE INDEX sunset_rules_pkey ON public.sunset_rules USING btree (workspace_id)
CREATE INDEX sunset_schedules_list ON public.sunset_schedules USING btree (list_id)
CREATE UNIQUE INDEX sunset_schedules_pkey ON public.sunset_schedules USING btree (workspace_id)
CREATE INDEX suppression_lifts_address ON public.suppression_lifts USING btree (workspace_id, canonical, at)
CREATE UNIQUE INDEX suppression_lifts_pkey ON public.suppression_lifts USING btree (id)
CREATE UNIQUE INDEX suppressions_domain ON public.suppressions USING btree (workspace_id, domain) WHERE (domain IS NOT NULL)
CREATE INDEX suppressions_expiry ON public.suppressions USING btree (expires_at) WHERE (expires_at IS NOT NULL)
CREATE INDEX suppressions_page ON public.suppressions USING btree (workspace_id, id)
CREATE UNIQUE INDEX suppressions_pkey ON public.suppressions USING btree (id)
CREATE UNIQUE INDEX suppressions_workspace_id_canonical_key ON public.suppressions USING btree (workspace_id, canonical)
CREATE UNIQUE INDEX tags_pkey ON public.tags USING btree (id)
CREATE UNIQUE INDEX tags_workspace_id_name_key ON public.tags USING btree (workspace_id, name)
CREATE INDEX templates_images ON public.templates USING gin (images)
CREATE INDEX templates_page ON public.templates USING btree (workspace_id, id)
CREATE UNIQUE INDEX templates_pkey ON public.templates USING btree (id)
CREATE UNIQUE INDEX unsubscribe_reasons_pkey ON public.unsubscribe_reasons USING btree (campaign_id, seq)
CREATE UNIQUE INDEX users_email_key ON public.users USING btree (email)
CREATE UNIQUE INDEX users_pkey ON public.users USING btree (id)
CREATE UNIQUE INDEX workspace_members_pkey ON public.workspace_members USING btree (workspace_id, user_id)
CREATE INDEX workspace_members_user ON public.workspace_members USING btree (user_id)
CREATE UNIQUE INDEX workspaces_pkey ON public.workspaces USING btree (id)

-- functions
CREATE OR REPLACE FUNCTION public.ensure_recipient_partition(campaign bigint)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
      DECLARE
        low bigint := campaign / 1000 * 1000;
        part text := 'campaign_recipients_' || low;
      BEGIN
        IF to_regclass(part) IS NOT NULL THEN RETURN; END IF;
        PERFORM pg_advisory_xact_lock(hashtext('campaign_recipients'));
        IF to_regclass(part) IS NOT NULL THEN RETURN; END IF;
        EXECUTE format('CREATE TABLE %I PARTITION OF campaign_recipients FOR VALUES FROM (%s) TO (%s) WITH (fillfactor = 45)',
          part, low, low + 1000);
      END $function$

CREATE OR REPLACE FUNCTION public.forget_cleaning_rows()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      BEGIN
        DELETE FROM cleaning_rows r USING gone WHERE r.contact_id = gone.id;
        RETURN NULL;
      END $function$

CREATE OR REPLACE FUNCTION public.forget_contacts()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      BEGIN
        DELETE FROM list_members m USING gone WHERE m.contact_id = gone.id;
        DELETE FROM import_undo u USING gone WHERE u.contact_id = gone.id;
        RETURN NULL;
      END $function$

CREATE OR REPLACE FUNCTION public.forget_hygiene()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      BEGIN
        DELETE FROM hygiene_hits h USING gone WHERE h.workspace_id = gone.workspace_id AND h.canonical = gone.canonical;
        RETURN NULL;
      END $function$

CREATE OR REPLACE FUNCTION public.forget_imports()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      BEGIN
        DELETE FROM import_undo u USING gone WHERE u.import_id = gone.id;
        RETURN NULL;
      END $function$

CREATE OR REPLACE FUNCTION public.forget_lists()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      BEGIN
        DELETE FROM list_members m USING gone WHERE m.list_id = gone.id;
        RETURN NULL;
      END $function$

CREATE OR REPLACE FUNCTION public.forget_purchases()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      BEGIN
        DELETE FROM purchases p USING gone WHERE p.contact_id = gone.id;
        RETURN NULL;
      END $function$

CREATE OR REPLACE FUNCTION public.forget_workspaces()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      BEGIN
        DELETE FROM contacts c USING gone WHERE c.workspace_id = gone.id;
        RETURN NULL;
      END $function$

CREATE OR REPLACE FUNCTION public.image_ids(content jsonb)
 RETURNS text[]
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN ARRAY(SELECT DISTINCT found.found[1] AS found FROM regexp_matches((image_ids.content)::text, '/i/([A-Za-z0-9_-]{16,64})'::text, 'g'::text) found(found))

CREATE OR REPLACE FUNCTION public.mark_exclusions()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      BEGIN
        INSERT INTO report_marks (campaign_id, block, part)
        SELECT DISTINCT campaign_id, contact_id / 4096, 'exclusions'::report_part FROM changed;
        RETURN NULL;
      END $function$

CREATE OR REPLACE FUNCTION public.mark_recipients()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      BEGIN
        INSERT INTO report_marks (campaign_id, block, part)
        SELECT DISTINCT campaign_id, seq / 256, 'recipients'::report_part FROM changed;
        RETURN NULL;
      END $function$

CREATE OR REPLACE FUNCTION public.mark_visits()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      BEGIN
        INSERT INTO report_marks (campaign_id, block, part)
        SELECT DISTINCT campaign_id, seq / 256, 'visits'::report_part FROM changed
        WHERE type IN ('opened', 'clicked') AND campaign_id IS NOT NULL AND seq IS NOT NULL;
        RETURN NULL;
      END $function$

