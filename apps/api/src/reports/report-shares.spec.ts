import { RunningApi } from '../testing/running-api.js';

let api: RunningApi;
let cookie: string;
let campaign: string;
beforeAll(async () => {
  api = await RunningApi.start();
  cookie = await api.setUp();
  const { db } = api.test;
  const made = await api.post('/campaigns', { cookie, body: { name: '三月' } });
  campaign = String(made.body.id);
  await db.run(`UPDATE campaigns SET status = 'sent', started_at = now() - interval '1 hour' WHERE id = $1`, [
    campaign,
  ]);
  await db.run(`INSERT INTO campaign_contents VALUES ($1, '{}', '[{"url":"https://shop.example/new"}]')`, [campaign]);
  await db.run(
    `INSERT INTO contacts (workspace_id, email, canonical, domain, name)
     SELECT workspace_id, 'li@qq.com', 'li@qq.com', 'qq.com', '李雷' FROM campaigns WHERE id = $1`,
    [campaign],
  );
  await db.run(
    `INSERT INTO campaign_recipients (campaign_id, seq, workspace_id, contact_id, batch_id, email, canonical, provider, status,
       finished_at, bounce_kind, bounce_reason, bounce_detail)
     SELECT $1, 1, workspace_id, id, 1, email, email, 'qq', 'rejected', now(), 'hard', 'userunknown', '550 no li@qq.com'
     FROM contacts`,
    [campaign],
  );
  await db.run(
    `INSERT INTO events (at, workspace_id, campaign_id, seq, contact_id, type, human, link)
     SELECT now() - n * interval '1 s', workspace_id, campaign_id, 1, contact_id, t, h, l
     FROM campaign_recipients, (VALUES (1, 'clicked', true, 0), (2, 'opened', true, NULL), (3, 'opened', false, NULL),
       (4, 'replied', NULL, NULL), (5, 'hard-bounced', NULL, NULL)) AS v (n, t, h, l)`,
  );
});
afterAll(() => api.stop());

describe('a shared report', () => {
  it('is open to whoever has its link, names no address, and ends when it is withdrawn or over', async () => {
    const link = await api.post(`/campaigns/${campaign}/shares`, { cookie, body: { days: 3 } });
    const { id, token } = link.body as { id: string; token: string };
    const seen = await api.get(`/shared-reports/${token}`);
    expect(seen.body).toMatchObject({
      name: '三月',
      report: { counts: { rejected: 1 }, providers: [{ provider: 'qq' }] },
    });
    expect(seen.text).not.toContain('li@');
    expect(seen.headers.get('x-robots-tag')).toContain('noindex');
    const [stored] = await api.test.db.rows<{ all: string }>('SELECT report_shares::text AS all FROM report_shares');
    expect(stored?.all).not.toContain(token);
    expect((await api.get(`/campaigns/${campaign}/shares`, { cookie })).body.items).toMatchObject([{ id }]);
    await api.test.db.run(`UPDATE report_shares SET expires_at = now()`);
    expect((await api.get(`/shared-reports/${token}`)).status).toBe(404);
    await api.test.db.run(`UPDATE report_shares SET expires_at = now() + interval '1 day'`);
    expect((await api.get(`/shared-reports/${token}`)).status).toBe(200);
    expect((await api.delete(`/shares/${id}`, { cookie })).status).toBe(204);
    expect((await api.get(`/shared-reports/${token}`)).status).toBe(404);
    expect((await api.get('/shared-reports/nothing')).status).toBe(422);
  });
});

describe('activity', () => {
  it('tells what people did, newest first, page by page, and of one’s own campaigns alone', async () => {
    const first = await api.get('/activity?limit=2&mine=true', { cookie });
    expect(first.body.items).toMatchObject([
      { type: 'clicked', name: '李雷', campaignName: '三月', url: 'https://shop.example/new' },
      { type: 'opened', email: 'li@qq.com', url: null },
    ]);
    const rest = await api.get(`/activity?limit=2&mine=true&cursor=${String(first.body.nextCursor)}`, { cookie });
    expect(rest.body).toMatchObject({ items: [{ type: 'replied' }], nextCursor: null });
    await api.test.db.run('DELETE FROM audit_log');
    expect((await api.get('/activity?mine=true', { cookie })).body.items).toEqual([]);
    expect((await api.get('/activity?type=opened', { cookie })).body.items).toHaveLength(1);
  });
});

describe('domains and hours', () => {
  it('come from the same rollups', async () => {
    expect((await api.get(`/campaigns/${campaign}/report/domains`, { cookie })).body).toMatchObject({
      domains: 1,
      items: [{ domain: 'qq.com', rejected: 1 }],
    });
    const { opened } = (await api.get(`/campaigns/${campaign}/report/hours`, { cookie })).body as { opened: number[] };
    expect(opened).toHaveLength(168);
  });
});
