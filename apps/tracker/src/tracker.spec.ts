import { compileContent } from '#engine/render';
import type { CompiledContent } from '#engine/render';
import { createToken } from '#engine/token';
import { createLogger } from '#platform/logging';
import { createTestDatabase } from '#platform/testing';
import type { TestDatabase } from '#platform/testing';
import { createTracker } from './create-tracker.js';
import type { Tracker } from './create-tracker.js';

const keys = { current: 1, keys: new Map([[1, Buffer.alloc(32, 5)]]) };
const PERSON =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36';
const GMAIL = 'Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)';
const HTML = `<html><body><h1>你好 {{name}}</h1><script>alert(1)</script>
  <a href="https://shop.example/新品?a=1&amp;b=2">a</a> <a href="https://shop.example/u/{{fields.code}}">b</a>
  <a href="https://shop.example/3">c</a> <a href="https://shop.example/4">d</a>
  <a href="{{unsubscribeUrl}}">退订</a></body></html>`;

let test: TestDatabase;
let tracker: Tracker;
let url: string;
let campaignId: string;
let content: CompiledContent;
let nextSeq = 0;

beforeAll(async () => {
  test = await createTestDatabase();
  const compiled = await compileContent({ subject: '{{name}}的三月', html: HTML }, { trackLinks: true, footer: null });
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems));
  content = compiled.content;
  const workspace = await test.db.first<{ id: string }>(
    `INSERT INTO workspaces (name, locale, timezone) VALUES ('鸿雁 <商店>', 'zh-CN', 'Asia/Shanghai') RETURNING id`,
  );
  const list = await test.db.first<{ id: string }>(
    `INSERT INTO lists (workspace_id, name) VALUES ($1, '会员') RETURNING id`,
    [workspace?.id],
  );
  const campaign = await test.db.first<{ id: string }>(
    `INSERT INTO campaigns (workspace_id, name, status, content, audience, started_at)
     VALUES ($1, '三月', 'sending', '{}', $2, now()) RETURNING id`,
    [workspace?.id, JSON.stringify({ lists: [list?.id], excludeLists: [] })],
  );
  campaignId = String(campaign?.id);
  await test.db.run('INSERT INTO campaign_contents VALUES ($1, $2, $3)', [
    campaignId,
    JSON.stringify(content),
    JSON.stringify(content.links),
  ]);
  tracker = createTracker({
    db: test.db,
    log: createLogger('spec', 'silent'),
    keys,
    publicUrl: 'https://t.example/',
  });
  url = await tracker.app.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(async () => {
  await tracker.close(5_000);
  await test.drop();
});

/** A recipient whose message was accepted so many seconds ago. */
async function recipient(options: { acceptedAgo?: number | null; fields?: object; name?: string } = {}) {
  const seq = (nextSeq += 1);
  const { acceptedAgo = 60, fields = { code: 'x y' }, name = '王<b>明' } = options;
  const email = `reader${seq}@example.com`;
  const contact = await test.db.first<{ id: string; workspaceId: string }>(
    `INSERT INTO contacts (workspace_id, email, canonical, domain, name, fields)
     SELECT workspace_id, $2, $2, 'example.com', $3, $4 FROM campaigns WHERE id = $1
     RETURNING id, workspace_id AS "workspaceId"`,
    [campaignId, email, name, JSON.stringify(fields)],
  );
  await test.db.run(
    `INSERT INTO list_members (list_id, contact_id, workspace_id, status) SELECT id, $1, $2, 'subscribed' FROM lists`,
    [contact?.id, contact?.workspaceId],
  );
  await test.db.run(
    `INSERT INTO campaign_recipients (campaign_id, seq, workspace_id, contact_id, batch_id, email, canonical, provider, status, accepted_at)
     VALUES ($1, $2, $3, $4, 1, $5, $5, 'other', $6, now() - make_interval(secs => $7))`,
    [
      campaignId,
      seq,
      contact?.workspaceId,
      contact?.id,
      email,
      acceptedAgo === null ? 'pending' : 'accepted',
      acceptedAgo,
    ],
  );
  const ref = { campaignId, seq };
  return {
    seq,
    email,
    contactId: contact?.id,
    track: createToken('track', ref, keys),
    leave: createToken('unsubscribe', ref, keys),
  };
}

function get(path: string, headers: Record<string, string> = {}, method = 'GET') {
  return fetch(url + path, { method, redirect: 'manual', headers: { 'user-agent': PERSON, ...headers } });
}
function post(path: string, body: string, type = 'application/x-www-form-urlencoded', headers = {}) {
  return fetch(url + path, { method: 'POST', redirect: 'manual', body, headers: { 'content-type': type, ...headers } });
}
interface Marks {
  opened: boolean;
  machineOpened: boolean;
  clicked: boolean;
  machineClicked: boolean;
  left: boolean;
}
function marks(seq: number): Promise<Marks | undefined> {
  return test.db.first<Marks>(
    `SELECT opened_at IS NOT NULL AS opened, machine_opened_at IS NOT NULL AS "machineOpened",
       clicked_at IS NOT NULL AS clicked, machine_clicked_at IS NOT NULL AS "machineClicked",
       unsubscribed_at IS NOT NULL AS left
     FROM campaign_recipients WHERE campaign_id = $1 AND seq = $2`,
    [campaignId, seq],
  );
}
function events(seq: number) {
  return test.db.rows<{ type: string; human: boolean | null; link: number | null; detail: string }>(
    'SELECT type, human, link, detail FROM events WHERE campaign_id = $1 AND seq = $2 ORDER BY id',
    [campaignId, seq],
  );
}
const NONE: Marks = { opened: false, machineOpened: false, clicked: false, machineClicked: false, left: false };

describe('opens', () => {
  it('answer the pixel when the open is committed', async () => {
    const { seq, track } = await recipient();
    const answer = await get(`/o/${track}.gif`);
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('cache-control')]).toEqual([
      200,
      'image/gif',
      'no-store',
    ]);
    expect((await answer.arrayBuffer()).byteLength).toBeLessThanOrEqual(43);
    expect(await marks(seq)).toEqual({ ...NONE, opened: true });
  });

  it('answer the same picture to a wrong token, and count nothing', async () => {
    const { track, leave } = await recipient();
    const before = await test.db.first('SELECT count(*) FROM events');
    for (const name of [`${track.slice(0, -1)}a.gif`, `${leave}.gif`, 'x', '%00', 'x'.repeat(90)]) {
      const answer = await get(`/o/${name}`);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/gif']);
    }
    expect(await test.db.first('SELECT count(*) FROM events')).toEqual(before);
  });

  it('keep machines apart from people, by rule and by haste', async () => {
    const mpp = await recipient();
    await get(`/o/${mpp.track}.gif`, { 'user-agent': 'Mozilla/5.0' });
    await get(`/o/${mpp.track}.gif`, {}, 'HEAD');
    expect(await marks(mpp.seq)).toEqual({ ...NONE, machineOpened: true });
    expect((await events(mpp.seq)).map((event) => event.detail)).toEqual(['apple-privacy-proxy', 'head-request']);

    const [early, pending, late] = [
      await recipient({ acceptedAgo: 0.3 }),
      await recipient({ acceptedAgo: null }),
      await recipient(),
    ];
    for (const { track } of [early, pending, late]) await get(`/o/${track}.gif`, { 'user-agent': GMAIL });
    expect(await marks(early.seq)).toEqual({ ...NONE, machineOpened: true });
    expect(await marks(pending.seq)).toEqual({ ...NONE, machineOpened: true });
    expect(await marks(late.seq)).toEqual({ ...NONE, opened: true });
  });
});

describe('clicks', () => {
  it('lead to the entry of the campaign’s own table, and tell it nothing of the reader', async () => {
    const { seq, track } = await recipient();
    const answer = await get(`/c/${track}/0`);
    expect([answer.status, answer.headers.get('location'), answer.headers.get('referrer-policy')]).toEqual([
      302,
      'https://shop.example/%E6%96%B0%E5%93%81?a=1&b=2',
      'no-referrer',
    ]);
    expect(answer.headers.get('set-cookie')).toBeNull();
    expect(await marks(seq)).toEqual({ ...NONE, opened: true, clicked: true });
    expect(await events(seq)).toMatchObject([{ type: 'clicked', human: true, link: 0 }]);
  });

  it('fill a dynamic link with the contact’s data, which can’t lead elsewhere', async () => {
    const plain = await recipient();
    expect((await get(`/c/${plain.track}/1`)).headers.get('location')).toBe('https://shop.example/u/x%20y');
    const hostile = await recipient({ fields: { code: '../../@evil.example/\r\nSet-Cookie: a=1' } });
    const { hostname } = new URL((await get(`/c/${hostile.track}/1`)).headers.get('location') ?? '');
    expect(hostname).toBe('shop.example');
  });

  it('answer a friendly page to anything that names no link', async () => {
    const { seq, track, leave } = await recipient();
    const foreign = createToken('track', { campaignId: '999999', seq: 1 }, keys);
    const paths = [
      `/c/${track}/99`,
      `/c/${track}/-1`,
      `/c/${track}/0x0`,
      `/c/${leave}/0`,
      `/c/${foreign}/0`,
      `/c/x/0`,
      `/c/${track}/https:%2f%2fevil.example`,
    ];
    for (const path of paths) {
      const answer = await get(path, { 'accept-language': 'zh-CN,zh;q=0.9' });
      expect([path, answer.status, answer.headers.get('location')]).toEqual([path, 404, null]);
      expect(await answer.text()).toContain('页面不存在');
    }
    expect(await marks(seq)).toEqual(NONE);
  });

  it('of machines redirect as well and count apart', async () => {
    const { seq, track } = await recipient();
    for (const method of ['HEAD', 'GET']) {
      const agent = { 'user-agent': 'Barracuda Sentinel (EE)' };
      expect((await get(`/c/${track}/2`, agent, method)).status).toBe(302);
    }
    const hasty = await recipient({ acceptedAgo: 0.2 });
    await get(`/c/${hasty.track}/2`);
    for (const one of [seq, hasty.seq]) expect(await marks(one)).toEqual({ ...NONE, machineClicked: true });
    const burst = await recipient();
    for (const link of [0, 1, 2, 3]) await get(`/c/${burst.track}/${link}`);
    expect((await events(burst.seq)).map((event) => event.human)).toEqual([true, true, false, false]);
  });
});

describe('unsubscribing', () => {
  const membership = (contactId: string | undefined) =>
    test.db.first('SELECT status, unsubscribed_source AS source FROM list_members WHERE contact_id = $1', [contactId]);

  it('asks on GET and changes nothing, however often a scanner comes', async () => {
    const { seq, leave, email } = await recipient();
    for (const method of ['GET', 'HEAD', 'GET']) {
      const answer = await get(`/u/${leave}`, { 'accept-language': 'zh-CN' }, method);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
      const html = await answer.text();
      if (method === 'HEAD') continue;
      expect(html).toContain('鸿雁 &lt;商店&gt;');
      expect(html).toContain('r•••@example.com');
      expect(html).not.toContain(email);
      expect(html).not.toContain('<script');
      expect(Buffer.byteLength(html)).toBeLessThan(30_000);
      expect([...html.matchAll(/<button/g)]).toHaveLength(1);
    }
    expect(await marks(seq)).toEqual(NONE);
  });

  it('acts on a mail client’s POST of either encoding, once', async () => {
    const form = await recipient();
    const body = 'List-Unsubscribe=One-Click';
    const answer = await post(`/u/${form.leave}`, body);
    expect([answer.status, answer.headers.get('set-cookie'), answer.headers.get('location')]).toEqual([
      200,
      null,
      null,
    ]);
    expect((await post(`/u/${form.leave}`, body)).status).toBe(200);
    expect(await marks(form.seq)).toEqual({ ...NONE, left: true });
    expect(await events(form.seq)).toMatchObject([{ type: 'unsubscribed', detail: 'one-click' }]);
    expect(await membership(form.contactId)).toEqual({
      status: 'unsubscribed',
      source: `one-click:campaign:${campaignId}`,
    });

    const multipart = await recipient();
    const parts = '--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n';
    expect((await post(`/u/${multipart.leave}`, parts, 'multipart/form-data; boundary=b')).status).toBe(200);
    expect(await marks(multipart.seq)).toEqual({ ...NONE, left: true });
  });

  it('acts on the page’s button and says so in the reader’s language', async () => {
    const { seq, leave, contactId } = await recipient();
    const answer = await post(`/u/${leave}`, 'confirm=unsubscribe', undefined, { 'accept-language': 'en-GB,zh;q=0.5' });
    expect(await answer.text()).toContain('You are unsubscribed');
    expect(await marks(seq)).toEqual({ ...NONE, left: true });
    expect(await membership(contactId)).toMatchObject({ source: `page:campaign:${campaignId}` });
  });

  it('asks where a POST says neither, and refuses what names nobody or is too large', async () => {
    const { seq, leave, track } = await recipient();
    for (const body of ['', 'x=1', 'List-Unsubscribe=Two-Clicks', 'confirm=no']) {
      expect(await (await post(`/u/${leave}`, body)).text()).toContain('<button');
    }
    expect((await post(`/u/${leave}`, 'x'.repeat(5_000))).status).toBe(413);
    for (const token of [track, 'x', `${leave.slice(0, -1)}7`]) {
      expect((await post(`/u/${token}`, 'List-Unsubscribe=One-Click')).status).toBe(404);
    }
    expect(await marks(seq)).toEqual(NONE);
  });

  it('explains a test message’s link', async () => {
    const zero = createToken('unsubscribe', { campaignId, seq: 0 }, keys);
    for (const token of ['sample', zero]) {
      expect(await (await get(`/u/${token}`)).text()).toContain('This is a test message');
      const answer = await post(`/u/${token}`, 'List-Unsubscribe=One-Click');
      expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('test message')]);
    }
  });
});

describe('why somebody left', () => {
  const reasons = (seq: number) =>
    test.db.rows('SELECT reason, comment FROM unsubscribe_reasons WHERE campaign_id = $1 AND seq = $2', [
      campaignId,
      seq,
    ]);

  it('is kept as last said, from a page that asks for it, and never of somebody who has not left', async () => {
    const { seq, leave } = await recipient();
    await post(`/u/${leave}/reason`, 'reason=too_many');
    expect(await reasons(seq)).toEqual([]);
    const done = await (await post(`/u/${leave}`, 'confirm=unsubscribe')).text();
    expect(done).toContain(`action="${leave}/reason"`);
    for (const body of ['reason=too_many', 'reason=other&comment=%20twice%20a%20day', 'reason=made+up']) {
      expect(await (await post(`/u/${leave}/reason`, body)).text()).toContain('Thank you');
    }
    expect(await reasons(seq)).toEqual([{ reason: 'other', comment: 'twice a day' }]);
  });
});

describe('preferences', () => {
  const statuses = async (contactId: string | undefined) =>
    Object.fromEntries(
      (
        await test.db.rows<{ name: string; status: string }>(
          'SELECT l.name, m.status FROM list_members m JOIN lists l ON l.id = m.list_id WHERE m.contact_id = $1',
          [contactId],
        )
      ).map(({ name, status }) => [name, status]),
    );
  /** A recipient who is on the list of members alone. */
  async function member() {
    const one = await recipient();
    await test.db.run(`DELETE FROM list_members WHERE contact_id = $1 AND list_id <> $2`, [one.contactId, members]);
    return one;
  }
  let news = '';
  let members = '';
  beforeAll(async () => {
    members = (await test.db.first<{ id: string }>(`SELECT id FROM lists WHERE name = '会员'`))?.id ?? '';
    const sql = `INSERT INTO lists (workspace_id, name, description, public)
      SELECT id, $1, '每月一封', $2 FROM workspaces RETURNING id`;
    news = (await test.db.first<{ id: string }>(sql, ['新品 <预告>', true]))?.id ?? '';
    await test.db.run(sql, ['内部', false]);
  });
  afterAll(() => test.db.run(`DELETE FROM lists WHERE name IN ('新品 <预告>', '内部')`));

  it('offer public lists and those that send mail now, and change nothing on GET', async () => {
    const { leave, contactId, email } = await member();
    const answer = await get(`/p/${leave}`, { 'accept-language': 'zh' });
    const html = await answer.text();
    expect([answer.status, answer.headers.get('content-security-policy')]).toEqual([
      200,
      expect.stringContaining("form-action 'self'"),
    ]);
    expect(html).toContain('新品 &lt;预告&gt;<small>每月一封</small>');
    expect(html).toMatch(/value="\d+" checked><span>会员/);
    expect(html).not.toContain('内部');
    expect(html).not.toContain(email);
    expect(Buffer.byteLength(html)).toBeLessThan(30_000);
    expect(await statuses(contactId)).toEqual({ 会员: 'subscribed' });
  });

  it('are joined and left as ticked, with evidence, and the mail that lost its reader says so', async () => {
    const { seq, leave, contactId } = await member();
    const shown = `shown=${news}&shown=${members}`;
    const joined = await post(`/p/${leave}`, `${shown}&list=${news}&list=${members}`);
    expect(await joined.text()).toContain('You are subscribed to: 会员, 新品 &lt;预告&gt;.');
    expect(await statuses(contactId)).toEqual({ 会员: 'subscribed', '新品 <预告>': 'subscribed' });
    expect(
      await test.db.first('SELECT consent FROM list_members WHERE contact_id = $1 AND list_id = $2', [contactId, news]),
    ).toMatchObject({ consent: { source: 'preference centre', text: expect.stringContaining('鸿雁') } });
    expect(await marks(seq)).toEqual(NONE);

    await post(`/p/${leave}`, `${shown}&list=${news}`);
    expect(await statuses(contactId)).toEqual({ 会员: 'unsubscribed', '新品 <预告>': 'subscribed' });
    expect(await marks(seq)).toEqual({ ...NONE, left: true });
    expect(await (await post(`/p/${leave}`, `${shown}&list=${news}&leave-all=1`)).text()).toContain('no more');
    expect(await statuses(contactId)).toEqual({ 会员: 'unsubscribed', '新品 <预告>': 'unsubscribed' });
    // Who comes back is back.
    await post(`/p/${leave}`, `${shown}&list=${members}`);
    expect(await statuses(contactId)).toMatchObject({ 会员: 'subscribed' });
  });

  it('leave alone what the page did not show, and lists of nobody’s choosing', async () => {
    const { leave, contactId } = await member();
    const other = (await test.db.first<{ id: string }>(`SELECT id FROM lists WHERE name = '内部'`))?.id ?? '';
    await post(`/p/${leave}`, `shown=${other}&list=${other}&shown=x&list=x`);
    expect(await statuses(contactId)).toEqual({ 会员: 'subscribed' });
    expect((await get('/p/x')).status).toBe(404);
    expect(await (await get('/p/sample')).text()).toContain('test message');
  });
});

describe('the web version', () => {
  it('shows the mail as the recipient got it, without pixel and without power', async () => {
    const { seq, track, leave } = await recipient();
    const answer = await get(`/v/${track}`);
    const html = await answer.text();
    expect(answer.status).toBe(200);
    expect(html).toContain('你好 王&lt;b&gt;明');
    expect(html).toContain(`https://t.example/c/${track}/0`);
    expect(html).toContain(`https://t.example/u/${leave}`);
    expect(html).not.toContain('/o/');
    expect(html).not.toContain('<script');
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toMatch(/sandbox(?!.*allow-scripts)/);
    expect(answer.headers.get('x-robots-tag')).toBe('noindex');
    expect(await marks(seq)).toEqual(NONE);
    expect((await get('/v/x')).status).toBe(404);
  });
});

describe('images', () => {
  it('are served for ever under a name nobody can count through', async () => {
    await test.db.run(
      `INSERT INTO images (workspace_id, public_id, name, content_type, width, height, bytes)
       SELECT id, p, 'x', t, 1, 1, '\\x0102' FROM workspaces, (VALUES ('abc_DEF-1', 'image/png'), ('evil', 'image/svg+xml')) AS i (p, t)`,
    );
    for (const name of ['abc_DEF-1', 'abc_DEF-1.png']) {
      const answer = await get(`/i/${name}`);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/png']);
      expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(Buffer.from(await answer.arrayBuffer())).toEqual(Buffer.from([1, 2]));
    }
    expect((await get('/i/abc_DEF-1', { 'if-none-match': '"abc_DEF-1"' })).status).toBe(304);
    for (const name of ['1', 'evil', '..%2f..%2fetc']) expect((await get(`/i/${name}`)).status).toBe(404);
  });
});

describe('the rest', () => {
  it('has health and metrics, and a page for everything else', async () => {
    expect(await (await get('/health/live')).json()).toEqual({ status: 'ok' });
    expect((await get('/health/ready')).status).toBe(200);
    expect(await (await get('/metrics')).text()).toMatch(/hongyan_tracker_visits_written \d+/);
    for (const path of ['/', '/nowhere', '/o', '/c/x', '//evil.example']) {
      const answer = await get(path);
      expect([path, answer.status]).toEqual([path, 404]);
      expect(answer.headers.get('location')).toBeNull();
    }
    expect((await post('/c/x/0', '')).status).toBe(404);
  });
});
