import { createTestDatabase } from '#platform/testing';
import type { TestDatabase } from '#platform/testing';
import type { RequestContext } from '#domain/workspaces';
import { ReportsService } from './index.js';

const START = '2026-03-02T08:00:00.000Z';
const minute = (minutes: number) => new Date(Date.parse(START) + minutes * 60_000).toISOString();

let test: TestDatabase;
let reports: ReportsService;
let ctx: RequestContext;
let campaign: string;
let lists: { included: string; excluded: string; elsewhere: string };

beforeAll(async () => {
  test = await createTestDatabase();
  reports = new ReportsService(test.db);
  const workspace = await id(`INSERT INTO workspaces (name, locale, timezone) VALUES ('w', 'en', 'UTC') RETURNING id`);
  const actor = { type: 'key', id: '1', name: 'spec' } as const;
  ctx = { workspaceId: workspace, actor, role: null, permissions: new Set() };
  const list = (name: string) =>
    id('INSERT INTO lists (workspace_id, name) VALUES ($1, $2) RETURNING id', [workspace, name]);
  lists = { included: await list('Buyers'), excluded: await list('Staff'), elsewhere: await list('Press') };
  campaign = await makeCampaign('sending');
});
afterAll(() => test.drop());

async function id(sql: string, values: unknown[] = []): Promise<string> {
  return String((await test.db.first<{ id: string }>(sql, values))?.id);
}

/** Started at START, with a highest contact id beyond everyone made here unless another is given. */
function makeCampaign(status: string, maxContactId: string | null = '1000000'): Promise<string> {
  const started = status === 'draft' ? null : START;
  return id(
    `INSERT INTO campaigns (workspace_id, name, status, content, audience, started_at, frozen_at, max_contact_id,
       prepared_at, prepare_cursor)
     VALUES ($1, 'March', $2, '{"subject":"s"}', $3, $4, $4, $5, $4, 1000000) RETURNING id`,
    [
      ctx.workspaceId,
      status,
      JSON.stringify({ lists: [lists.included], excludeLists: [lists.excluded] }),
      started,
      maxContactId,
    ],
  );
}

let count = 0;
async function contact(on: Partial<Record<keyof typeof lists, { status?: string; at?: string; leftAt?: string }>>) {
  count += 1;
  const email = `Person${count}@Example.com`;
  const contactId = await id(
    `INSERT INTO contacts (workspace_id, email, canonical, domain) VALUES ($1, $2, lower($2), 'example.com') RETURNING id`,
    [ctx.workspaceId, email],
  );
  for (const [name, { status = 'subscribed', at = minute(-60), leftAt = null }] of Object.entries(on) as Array<
    [keyof typeof lists, { status?: string; at?: string; leftAt?: string | null }]
  >) {
    await test.db.run(
      `INSERT INTO list_members (list_id, contact_id, workspace_id, status, created_at, unsubscribed_at)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [lists[name], contactId, ctx.workspaceId, status, at, leftAt],
    );
  }
  return { id: contactId, email };
}

let seq = 0;
async function recipient(person: { id: string; email: string }, row: Record<string, unknown>): Promise<void> {
  seq += 1;
  const { attempts = [], ...more } = row;
  const columns = Object.keys(more);
  await test.db.run(
    `INSERT INTO campaign_recipients (campaign_id, seq, workspace_id, contact_id, batch_id, email, canonical, provider,
       attempts${columns.map((name) => `, ${name}`).join('')})
     VALUES ($1, $2, $3, $4, 7, $5, lower($5), 'qq', $6${columns.map((_, at) => `, $${at + 7}`).join('')})`,
    [campaign, seq, ctx.workspaceId, person.id, person.email, JSON.stringify(attempts), ...Object.values(more)],
  );
}

const trail = (address: string, of = campaign) => reports.trail(ctx, of, { address });
const codes = (answer: Awaited<ReturnType<typeof trail>>) => answer.steps.map((step) => step.code);

describe('the trail of an address in a campaign', () => {
  it('says of whoever is unknown that nobody has the address', async () => {
    const answer = await trail('nobody@example.com');
    expect(answer).toMatchObject({ verdict: 'unknown_address', contact: null, recipient: null, suppression: null });
    expect(codes(answer)).toEqual(['address_unknown', 'started']);
  });

  it.each([
    ['was on none of its lists', { elsewhere: {} }, null, ['started', 'on_no_list'], 'not_candidate'],
    ['came to a list later', { included: { at: minute(5) } }, null, ['started', 'list_joined_later'], 'not_candidate'],
    [
      'had not confirmed',
      { included: { status: 'pending' } },
      'unconfirmed',
      ['list_pending', 'started', 'excluded'],
      'excluded',
    ],
    [
      'had unsubscribed before the start',
      { included: { status: 'unsubscribed', leftAt: minute(-10) } },
      'unsubscribed',
      ['list_unsubscribed', 'started', 'excluded'],
      'excluded',
    ],
    [
      'is on an excluded list',
      { included: {}, excluded: { at: minute(-90) } },
      'excluded_list',
      ['on_excluded_list', 'list_subscribed', 'started', 'excluded'],
      'excluded',
    ],
  ] as const)('of a contact who %s', async (_, on, reason, wanted, verdict) => {
    const person = await contact(on);
    if (reason) await test.db.run('INSERT INTO campaign_exclusions VALUES ($1, $2, $3)', [campaign, person.id, reason]);
    const answer = await trail(person.email.toUpperCase());
    expect(answer).toMatchObject({ verdict, exclusion: reason, recipient: null, contact: { id: person.id } });
    expect(codes(answer)).toEqual(wanted);
    expect(answer.params).toEqual(reason ? { reason } : {});
    expect(await reports.trail(ctx, campaign, { contactId: person.id })).toMatchObject({
      verdict,
      steps: answer.steps,
    });
  });

  it('of a contact who was added after the start', async () => {
    const person = await contact({ included: { at: minute(5) } });
    const early = await makeCampaign('sent', String(Number(person.id) - 1));
    expect(codes(await trail(person.email, early))).toEqual(['contact_created_later', 'started', 'list_joined_later']);
  });

  it('tells every attempt with account, code and words, and what came back with its proof', async () => {
    const account = await id(
      `INSERT INTO smtp_accounts (workspace_id, kind, name, host, port, security, auth_method, return_path, connections,
         messages_per_connection) VALUES ($1, 'smtp', 'Relay', 'h', 25, 'none', 'none', 'account', 1, 1) RETURNING id`,
      [ctx.workspaceId],
    );
    const person = await contact({ included: {} });
    await recipient(person, {
      status: 'accepted',
      accepted_at: minute(30),
      bounced_at: minute(40),
      bounce_kind: 'hard',
      bounce_reason: 'userunknown',
      attempts: [
        { kind: 'deferred', at: minute(1), smtpAccountId: account, code: 451, enhanced: '4.7.1', text: 'slow down' },
        { kind: 'accepted', at: minute(30), smtpAccountId: account, code: 250, text: 'ok queued' },
      ],
    });
    const mail = await id(
      `INSERT INTO inbound_messages (workspace_id, envelope, raw, content_hash) VALUES ($1, '{}', '', '') RETURNING id`,
      [ctx.workspaceId],
    );
    await test.db.run(
      `INSERT INTO events (at, workspace_id, campaign_id, seq, contact_id, type, detail, inbound_message_id)
       VALUES ($1, $2, $3, $4, $5, 'hard-bounced', 'userunknown: 550 no such user: really', $6)`,
      [minute(40), ctx.workspaceId, campaign, seq, person.id, mail],
    );
    await test.db.run(
      `INSERT INTO suppressions (workspace_id, canonical, reason) VALUES ($1, lower($2), 'hard_bounce')`,
      [ctx.workspaceId, person.email],
    );
    const answer = await trail(person.email);
    expect(answer).toMatchObject({
      verdict: 'bounced',
      params: { reason: 'userunknown' },
      recipient: { seq, batchId: '7', provider: 'qq', status: 'accepted' },
      suppression: { reason: 'hard_bounce' },
    });
    expect(answer.steps.slice(2)).toMatchObject([
      { code: 'prepared', params: { seq, batch: '7', provider: 'qq' } },
      {
        code: 'attempt_deferred',
        at: minute(1),
        attempt: { smtpAccountName: 'Relay', code: 451, enhanced: '4.7.1', text: 'slow down' },
      },
      { code: 'attempt_accepted', at: minute(30), attempt: { code: 250, enhanced: null, text: 'ok queued' } },
      {
        code: 'hard_bounced',
        at: minute(40),
        inboundMessageId: mail,
        params: { reason: 'userunknown', text: '550 no such user: really' },
      },
      { code: 'suppressed_now', params: { reason: 'hard_bounce' } },
    ]);
  });

  it.each([
    [{ status: 'pending' }, 'waiting', 'waiting'],
    [{ status: 'pending', retry_at: minute(90) }, 'deferred', 'retry'],
    [{ status: 'skipped', skip_reason: 'suppressed', finished_at: minute(2) }, 'skipped', 'skipped'],
    [{ status: 'expired', finished_at: minute(2) }, 'expired', 'expired'],
    [
      { status: 'uncertain', attempts: [{ kind: 'uncertain', at: minute(1), smtpAccountId: '', text: 'lost' }] },
      'uncertain',
      'sender_stopped',
    ],
    [
      {
        status: 'uncertain',
        attempts: [{ kind: 'uncertain', at: minute(1), smtpAccountId: '1', text: 'lost', senderStopped: true }],
      },
      'uncertain',
      'sender_stopped',
    ],
    [
      {
        status: 'accepted',
        accepted_at: minute(9),
        attempts: [{ kind: 'uncertain', at: minute(1), smtpAccountId: '1', text: 'lost' }],
      },
      'accepted',
      'settled_accepted',
    ],
    [{ status: 'accepted', accepted_at: minute(1), complained_at: minute(2) }, 'complained', 'prepared'],
    [{ status: 'rejected', finished_at: minute(2) }, 'rejected', 'prepared'],
  ] as const)('of a recipient that is %j ends as %s', async (row, verdict, last) => {
    const person = await contact({ included: {} });
    await recipient(person, row);
    const answer = await trail(person.email);
    expect([answer.verdict, codes(answer).at(-1)]).toEqual([verdict, last]);
    for (const step of answer.steps) expect(step.message).toMatch(/^[A-Z][^{}?]+\.$/);
  });

  it('finds whoever was erased since by the address of the ledger, and whoever changed it by the contact', async () => {
    const erased = await contact({ included: {} });
    await recipient(erased, { status: 'accepted', accepted_at: minute(1) });
    await test.db.run('DELETE FROM contacts WHERE id = $1', [erased.id]);
    expect(await trail(erased.email)).toMatchObject({ verdict: 'accepted', contact: null, recipient: { seq } });
    const moved = await contact({ included: {} });
    await recipient(moved, { status: 'accepted', accepted_at: minute(1) });
    await test.db.run(`UPDATE contacts SET email = 'new@example.com', canonical = 'new@example.com' WHERE id = $1`, [
      moved.id,
    ]);
    const answer = await trail('new@example.com');
    expect(answer.steps[0]).toMatchObject({ code: 'address_changed', params: { address: moved.email } });
    expect(await trail(moved.email)).toMatchObject({
      contact: { id: moved.id },
      recipient: { seq },
      steps: answer.steps,
    });
    // Somebody new with the old address is not who got it.
    await test.db.run(
      `INSERT INTO contacts (workspace_id, email, canonical, domain) VALUES ($1, $2, lower($2), 'example.com')`,
      [ctx.workspaceId, moved.email],
    );
    expect(await trail(moved.email)).toMatchObject({ contact: { id: moved.id }, recipient: { seq } });
  });

  it('sums up visits, and knows people from machines', async () => {
    const person = await contact({ included: {} });
    await recipient(person, { status: 'accepted', accepted_at: minute(1), opened_at: minute(3) });
    await test.db.run(
      `INSERT INTO events (at, workspace_id, campaign_id, seq, contact_id, type, human)
       SELECT $5::timestamptz + n * interval '1 minute', $1, $2, $3, $4, 'opened', n > 1 FROM generate_series(0, 4) n`,
      [ctx.workspaceId, campaign, seq, person.id, minute(2)],
    );
    const answer = await trail(person.email);
    expect(answer.verdict).toBe('read');
    expect(answer.steps.slice(-2)).toMatchObject([
      { code: 'machine_opened', params: { count: 2 } },
      { code: 'opened', params: { count: 3 }, at: minute(4) },
    ]);
  });

  it('says of a draft what would happen now', async () => {
    const draft = await makeCampaign('draft', null);
    const fine = await contact({ included: {} });
    const pending = await contact({ included: { status: 'pending' } });
    const nowhere = await contact({});
    expect((await trail(fine.email, draft)).verdict).toBe('would_get');
    expect(await trail(pending.email, draft)).toMatchObject({
      verdict: 'would_be_excluded',
      params: { reason: 'unconfirmed' },
    });
    expect((await trail(nowhere.email, draft)).verdict).toBe('would_not_be_candidate');
  });

  it('says of a contact whose chunk has not come that it is being prepared', async () => {
    const person = await contact({ included: {} });
    const running = await makeCampaign('sending');
    await test.db.run('UPDATE campaigns SET prepared_at = NULL, prepare_cursor = 0 WHERE id = $1', [running]);
    expect(await trail(person.email, running)).toMatchObject({ verdict: 'preparing' });
    await test.db.run(`UPDATE campaigns SET status = 'cancelled' WHERE id = $1`, [running]);
    expect(await trail(person.email, running)).toMatchObject({ verdict: 'skipped', params: { reason: 'cancelled' } });
  });

  it('names the address as the field to blame', async () => {
    await expect(trail('not an address')).rejects.toMatchObject({
      code: 'VALIDATION_FAILED',
      errors: [{ property: 'address' }],
    });
    await expect(reports.trail(ctx, campaign, {})).rejects.toMatchObject({ errors: [{ property: 'address' }] });
    await expect(trail('a@example.com', '999')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

it('a contact’s campaigns come newest first, each with whether it got them, and drafts are not among them', async () => {
  const person = await contact({ included: {} });
  await recipient(person, { status: 'accepted', accepted_at: minute(1), opened_at: minute(2) });
  const left = await makeCampaign('sent');
  await test.db.run('INSERT INTO campaign_exclusions VALUES ($1, $2, $3)', [left, person.id, 'suppressed']);
  const missed = await makeCampaign('sent', String(Number(person.id) - 1));
  await makeCampaign('draft', null);
  const first = await reports.contactCampaigns(ctx, person.id, { limit: 2 });
  expect(first.items).toMatchObject([
    { campaign: { id: missed }, verdict: 'not_candidate' },
    { campaign: { id: left }, verdict: 'excluded', params: { reason: 'suppressed' } },
  ]);
  const rest = await reports.contactCampaigns(ctx, person.id, { limit: 50, cursor: first.nextCursor! });
  expect(rest.items.find((item) => item.campaign.id === campaign)).toMatchObject({ verdict: 'read' });
  const other = { ...ctx, workspaceId: String(Number(ctx.workspaceId) + 1) };
  await expect(reports.contactCampaigns(other, person.id, { limit: 2 })).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
