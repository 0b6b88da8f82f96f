import type { Sql } from '#platform/database';

/** A contact with everything a rule can ask about, in memory. */
export interface Person {
  id: string;
  email: string;
  name: string;
  domain: string;
  locale: string | null;
  createdAt: Date;
  fields: Record<string, string | number | boolean>;
  tags: string[];
  status: string;
  memberships: { list: string; status: string; consent: { source: string; at?: string } | null; createdAt: Date }[];
  suppressed: string[];
  provider: string;
  received: Receipt[];
  events: { campaign: string; type: string; human: boolean | null; link: number | null; at: Date }[];
  /** When they bought. */
  purchases: Date[];
}
export interface Receipt {
  campaign: string;
  status: string;
  acceptedAt: Date | null;
  bouncedAt: Date | null;
  bounceKind: string | null;
  bounceReason: string | null;
  provider: string;
  openedAt: Date | null;
  machineOpenedAt: Date | null;
  clickedAt: Date | null;
  machineClickedAt: Date | null;
  repliedAt: Date | null;
  complainedAt: Date | null;
  unsubscribedAt: Date | null;
}
export interface World {
  workspaceId: string;
  timezone: string;
  nowMs: number;
  lists: string[];
  campaigns: string[];
  /** Addresses of the links of every campaign, by their numbers. */
  links: string[];
  people: Person[];
}

export const LINKS = ['https://shop.example/tea', 'https://shop.example/sale'];
const CITIES = ['上海', 'Beijing', 'BEIJING', 'Zürich', ''];
const DAY_MS = 86_400_000;

/** A small repeatable choice of values: `pick(3)` is one of 0, 1, 2. */
export function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return Math.floor((state / 0x80000000) * sides);
  };
}

/** Writes a small workspace whose people differ in everything, and tells what was written. */
export async function makeWorld(sql: Sql, size: number, nowMs: number): Promise<World> {
  const pick = dice(7);
  const timezone = 'Asia/Shanghai';
  const id = async (text: string, values: unknown[]) => (await sql.first<{ id: string }>(text, values))?.id ?? '';
  const workspaceId = await id(`INSERT INTO workspaces (name, locale, timezone) VALUES ('w', 'en', $1) RETURNING id`, [
    timezone,
  ]);
  const some = async (n: number, make: (index: number) => Promise<string>) => {
    const ids: string[] = [];
    for (let index = 0; index < n; index += 1) ids.push(await make(index));
    return ids;
  };
  const lists = await some(3, (index) =>
    id('INSERT INTO lists (workspace_id, name) VALUES ($1, $2) RETURNING id', [workspaceId, `list ${index}`]),
  );
  const campaigns = await some(2, (index) =>
    id(
      `INSERT INTO campaigns (workspace_id, name, content, audience) VALUES ($1, $2, '{}', '{"lists": []}') RETURNING id`,
      [workspaceId, `campaign ${index}`],
    ),
  );
  for (const campaign of campaigns) {
    await sql.run('SELECT ensure_recipient_partition($1)', [campaign]);
    await sql.run(`INSERT INTO campaign_contents (campaign_id, compiled, links) VALUES ($1, '{}', $2)`, [
      campaign,
      JSON.stringify(LINKS.map((url) => ({ url }))),
    ]);
  }
  for (const [key, type] of Object.entries({ city: 'text', points: 'number', member: 'boolean', birthday: 'date' })) {
    await sql.run('INSERT INTO contact_fields (workspace_id, key, label, type) VALUES ($1, $2, $2, $3)', [
      workspaceId,
      key,
      type,
    ]);
  }
  await sql.run(`INSERT INTO tags (workspace_id, name) SELECT $1, unnest($2::text[])`, [workspaceId, ['vip', 'new']]);
  await sql.run(`INSERT INTO mail_domains (domain, provider, checked_at) VALUES ('firm.cn', 'exmail', now())`);
  const people: Person[] = [];
  for (let index = 0; index < size; index += 1) {
    const person = makePerson(index, pick, { lists, campaigns, nowMs });
    await writePerson(sql, workspaceId, index, person);
    people.push(person);
  }
  await sql.run(`INSERT INTO suppressions (workspace_id, canonical, reason) VALUES ($1, '@barred.cn', 'manual')`, [
    workspaceId,
  ]);
  return { workspaceId, timezone, nowMs, lists, campaigns, links: LINKS, people };
}

type Pick = (sides: number) => number;

function makePerson(index: number, pick: Pick, { lists, campaigns, nowMs }: Pick3): Person {
  const maybe = <T>(value: T): T | null => (pick(2) === 0 ? value : null);
  const ago = (days: number) => new Date(nowMs - pick(days * 24) * (DAY_MS / 24));
  const domain = ['qq.com', 'firm.cn', 'nowhere.cn', 'barred.cn'][pick(4)]!;
  const reason = ['hard_bounce', 'complaint', 'manual'][pick(6)];
  const received = campaigns.filter(() => pick(3) > 0).map((campaign) => receipt(campaign, pick, maybe, ago));
  const types = [
    'opened',
    'clicked',
    'replied',
    'hard-bounced',
    'soft-bounced',
    'blocked',
    'complained',
    'unsubscribed',
  ];
  const fields: Person['fields'] = {};
  const city = CITIES[pick(CITIES.length)]!;
  if (city) fields.city = city;
  if (pick(2)) fields.points = [0, 5, -2.5, 100][pick(4)]!;
  if (pick(2)) fields.member = pick(2) === 0;
  if (pick(3)) {
    fields.birthday = ['1990-02-28', '2000-02-29', '1985-03-01', '1999-12-31', '2001-01-01', '1990-11-22'][pick(6)]!;
  }
  return {
    id: '',
    email: `${['Ann', 'bo', 'ÇA'][pick(3)]}${index}@${domain}`,
    name: ['', '张伟', 'Ann Lee', 'ann'][pick(4)]!,
    domain,
    locale: ['zh-CN', 'en', null][pick(3)]!,
    createdAt: ago(60),
    fields,
    tags: ['vip', 'new'].filter(() => pick(2)),
    status: ['active', 'bounced', 'complained', 'suppressed'][pick(4)]!,
    memberships: lists
      .filter(() => pick(2))
      .map((list) => ({
        list,
        status: ['subscribed', 'pending', 'unsubscribed'][pick(3)]!,
        consent: maybe({ source: ['Fair 2026', 'form'][pick(2)]!, ...(pick(2) ? { at: ago(40).toISOString() } : {}) }),
        createdAt: ago(60),
      })),
    suppressed: [...(reason ? [reason] : []), ...(domain === 'barred.cn' ? ['manual'] : [])],
    provider: { 'qq.com': 'qq', 'firm.cn': 'exmail' }[domain] ?? 'other',
    received,
    events: received.flatMap(({ campaign }) =>
      Array.from({ length: pick(4) }, () => {
        const type = types[pick(types.length)]!;
        const visit = type === 'opened' || type === 'clicked';
        return {
          ...{ campaign, type, at: ago(60), human: visit ? pick(2) === 0 : null },
          link: type === 'clicked' ? pick(LINKS.length) : null,
        };
      }),
    ),
    purchases: Array.from({ length: Math.max(0, pick(5) - 1) }, () => ago(60)),
  };
}

interface Pick3 {
  lists: string[];
  campaigns: string[];
  nowMs: number;
}

function receipt(campaign: string, pick: Pick, maybe: <T>(value: T) => T | null, ago: (days: number) => Date): Receipt {
  const status = ['accepted', 'accepted', 'accepted', 'rejected', 'expired', 'uncertain', 'skipped'][pick(7)]!;
  const bounced = pick(4) === 0;
  return {
    campaign,
    status,
    acceptedAt: status === 'accepted' ? ago(60) : null,
    bouncedAt: bounced ? ago(60) : null,
    bounceKind: bounced ? ['hard', 'soft'][pick(2)]! : null,
    bounceReason: bounced ? ['userunknown', 'mailboxfull'][pick(2)]! : null,
    provider: ['qq', 'other'][pick(2)]!,
    openedAt: maybe(ago(60)),
    machineOpenedAt: maybe(ago(60)),
    clickedAt: maybe(ago(60)),
    machineClickedAt: maybe(ago(60)),
    repliedAt: maybe(ago(60)),
    complainedAt: maybe(ago(60)),
    unsubscribedAt: maybe(ago(60)),
  };
}

async function writePerson(sql: Sql, workspaceId: string, index: number, person: Person): Promise<void> {
  const row = await sql.first<{ id: string }>(
    `INSERT INTO contacts (workspace_id, email, canonical, domain, name, locale, status, fields, tags, created_at)
     VALUES ($1, $2, lower($2), $3, $4, $5, $6, $7, $8, $9) RETURNING id`,
    [
      ...[workspaceId, person.email, person.domain, person.name, person.locale, person.status],
      ...[JSON.stringify(person.fields), person.tags, person.createdAt],
    ],
  );
  person.id = row?.id ?? '';
  for (const { list, status, consent, createdAt } of person.memberships) {
    await sql.run(
      `INSERT INTO list_members (list_id, contact_id, workspace_id, status, consent, created_at)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [list, person.id, workspaceId, status, consent && JSON.stringify(consent), createdAt],
    );
  }
  const own = person.suppressed.filter(
    (_, at) => at === 0 && person.suppressed.length > (person.domain === 'barred.cn' ? 1 : 0),
  );
  for (const reason of own) {
    await sql.run('INSERT INTO suppressions (workspace_id, canonical, reason) VALUES ($1, lower($2), $3)', [
      workspaceId,
      person.email,
      reason,
    ]);
  }
  for (const row of person.received) {
    await sql.run(
      `INSERT INTO campaign_recipients (campaign_id, seq, workspace_id, contact_id, batch_id, email, canonical, provider,
         status, accepted_at, bounced_at, bounce_kind, bounce_reason, opened_at, machine_opened_at, clicked_at,
         machine_clicked_at, replied_at, complained_at, unsubscribed_at)
       VALUES ($1, $2, $3, $4, 0, '', '', $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
      [
        ...[row.campaign, index, workspaceId, person.id, row.provider, row.status, row.acceptedAt, row.bouncedAt],
        ...[row.bounceKind, row.bounceReason, row.openedAt, row.machineOpenedAt, row.clickedAt, row.machineClickedAt],
        ...[row.repliedAt, row.complainedAt, row.unsubscribedAt],
      ],
    );
  }
  for (const { campaign, type, human, link, at } of person.events) {
    await sql.run(
      `INSERT INTO events (at, workspace_id, campaign_id, seq, contact_id, type, human, link)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [at, workspaceId, campaign, index, person.id, type, human, link],
    );
  }
  for (const [order, at] of person.purchases.entries()) {
    await sql.run('INSERT INTO purchases (workspace_id, contact_id, order_id, bought_at) VALUES ($1, $2, $3, $4)', [
      ...[workspaceId, person.id, `${index}-${order}`, at],
    ]);
  }
}
