import { feature as account } from '../account/index.js';
import { feature as archive } from '../archive/index.js';
import { feature as campaigns } from '../campaigns/index.js';
import { feature as cleaning } from '../cleaning/index.js';
import { feature as contacts } from '../contacts/index.js';
import { feature as dashboard } from '../dashboard/index.js';
import { feature as domains } from '../domains/index.js';
import { feature as fields } from '../fields/index.js';
import { feature as hygiene } from '../hygiene/index.js';
import { feature as forms } from '../forms/index.js';
import { feature as images } from '../images/index.js';
import { feature as imports } from '../imports/index.js';
import { feature as inbound } from '../inbound/index.js';
import { feature as lists } from '../lists/index.js';
import { feature as mailboxes } from '../mailboxes/index.js';
import { feature as replies } from '../replies/index.js';
import { feature as report } from '../report/index.js';
import { feature as review } from '../review/index.js';
import { feature as sandbox } from '../sandbox/index.js';
import { feature as segments } from '../segments/index.js';
import { feature as senders } from '../senders/index.js';
import { feature as settings } from '../settings/index.js';
import { feature as suppressions } from '../suppressions/index.js';
import { feature as system } from '../system/index.js';
import { feature as templates } from '../templates/index.js';
import { feature as triggered } from '../triggered/index.js';
import type { Feature } from './feature.js';

/** Every feature inside the shell. Each is a folder of its own; this list is the only place that names them all. */
export const FEATURES: Feature[] = [
  dashboard,
  campaigns,
  report,
  contacts,
  lists,
  forms,
  archive,
  segments,
  cleaning,
  imports,
  suppressions,
  fields,
  triggered,
  templates,
  images,
  inbound,
  review,
  replies,
  sandbox,
  senders,
  domains,
  mailboxes,
  hygiene,
  settings,
  system,
  account,
];
