import { RunningApi } from '../testing/running-api.js';

let api: RunningApi;
let cookie: string;
let campaign: string;
beforeAll(async () => {
  api = await RunningApi.start();
  cookie = await api.setUp();
  const { db } = api.test;
  const row = await db.first<{ id: string }>(
    `INSERT INTO campaigns (workspace_id, name, status, content, audience, started_at, frozen_at)
     SELECT id, '三月', 'sending', '{"subject":"你好"}', '{"lists":[],"excludeLists":[]}', now(), now() FROM workspaces RETURNING id`,
  );
  campaign = String(row?.id);
  await db.run(
    `INSERT INTO campaign_recipients (campaign_id, seq, workspace_id, contact_id, batch_id, email, canonical, provider, status, accepted_at)
     SELECT $1, n, workspace_id, n, 1, n || '@qq.com', n || '@qq.com', 'qq', 'accepted', now()
     FROM campaigns, generate_series(1, 3) n WHERE id = $1`,
    [campaign],
  );
});
afterAll(() => api.stop());

describe('reports over HTTP', () => {
  it('answer the report, the recipients and the dashboard', async () => {
    const report = await api.get(`/campaigns/${campaign}/report`, { cookie });
    expect(report.body).toMatchObject({ campaignId: campaign, counts: { accepted: 3 }, ratePerMinute: 3 });
    const recipients = await api.get(`/campaigns/${campaign}/recipients?limit=2&count=true`, { cookie });
    expect(recipients.body).toMatchObject({ total: 3, items: [{ seq: 1, email: '1@qq.com' }, { seq: 2 }] });
    expect(recipients.body.nextCursor).toEqual(expect.any(String));
    const dashboard = await api.get('/dashboard', { cookie });
    expect(dashboard.body).toMatchObject({ totals: { accepted: 3 }, active: [{ id: campaign, name: '三月' }] });
    expect(dashboard.body).toMatchObject({ days: 30, before: { accepted: 0 } });
    expect((await api.get('/campaigns/999/report', { cookie })).body.code).toBe('NOT_FOUND');
    expect((await api.get('/campaigns/0x1/report', { cookie })).body.code).toBe('VALIDATION_FAILED');
    expect((await api.get(`/campaigns/${campaign}/recipients?event=nothing`, { cookie })).status).toBe(422);
  });

  it('compare the days of the dashboard with as many before, and say what is not well', async () => {
    const read = async (days: number) => (await api.get(`/dashboard?days=${days}`, { cookie })).body;
    const started = (ago: string) =>
      api.test.db.run(`UPDATE campaigns SET started_at = now() - $1::interval WHERE id = $2`, [ago, campaign]);
    await started('8 days');
    expect(await read(7)).toMatchObject({ days: 7, totals: { accepted: 0 }, before: { accepted: 3 } });
    expect((await read(7)).trend).toHaveLength(7);
    expect(await read(30)).toMatchObject({ totals: { accepted: 3 }, before: { accepted: 0 } });
    expect((await api.get('/dashboard?days=8', { cookie })).status).toBe(422);
    await started('1 minute');

    const health = async () =>
      Object.fromEntries((await read(7)).health.map(({ key, state }: Record<string, string>) => [key, state]));
    expect(await health()).toMatchObject({ domains: 'none', mailboxes: 'none', complaints: 'ok' });
    await api.test.db.run(`INSERT INTO sending_domains (workspace_id, domain) SELECT id, 'brand.org' FROM workspaces`);
    const domainStep = async () =>
      (await read(7)).checklist.find(({ key }: { key: string }) => key === 'domain').done as boolean;
    expect([(await health()).domains, await domainStep()]).toEqual(['warning', false]);
    await api.test.db.run(`UPDATE sending_domains SET status = 'verified'`);
    expect([(await health()).domains, await domainStep()]).toEqual(['ok', true]);
    await api.test.db.run(`UPDATE campaign_recipients SET complained_at = now() WHERE seq = 1`);
    expect((await health()).complaints).toBe('error');
    await api.test.db.run(`UPDATE campaign_recipients SET complained_at = NULL WHERE seq = 1`);
  });

  it('hand out the recipients as a file', async () => {
    const file = await api.get(`/campaigns/${campaign}/recipients.csv?status=accepted`, { cookie });
    expect(file.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(file.headers.get('content-disposition')).toBe(`attachment; filename=campaign-${campaign}-recipients.csv`);
    expect(file.text.split('\r\n').map((line) => line.split(',')[0])).toEqual([
      'email',
      '1@qq.com',
      '2@qq.com',
      '3@qq.com',
      '',
    ]);
    expect((await api.get('/campaigns/999/recipients.csv', { cookie })).body.code).toBe('NOT_FOUND');
  });

  it('hand out the whole report as a workbook, and the beginning of its timeline', async () => {
    const file = await api.get(`/campaigns/${campaign}/report.xlsx`, { cookie });
    expect(file.headers.get('content-type')).toBe('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
    expect(file.headers.get('content-disposition')).toBe(`attachment; filename=campaign-${campaign}-report.xlsx`);
    expect(file.text.slice(0, 2)).toBe('PK');
    const { body } = await api.get(`/campaigns/${campaign}/report/timeline?window=48h`, { cookie });
    expect(body.timeline.reduce((sum: number, { accepted }: { accepted: number }) => sum + accepted, 0)).toBe(3);
    expect((await api.get(`/campaigns/${campaign}/report/timeline?window=1y`, { cookie })).status).toBe(422);
    expect((await api.get('/campaigns/999/report.xlsx', { cookie })).body.code).toBe('NOT_FOUND');
  });

  it('tell the event stream of a campaign that moves', async () => {
    const response = await fetch(`${api.url}/api/v1/events`, { headers: { cookie } });
    const reader = response.body!.getReader();
    const accepted = async () => {
      for (;;) {
        const { value } = await reader.read();
        const data = /^data: (.*)$/m.exec(Buffer.from(value ?? []).toString())?.[1];
        if (data)
          return (JSON.parse(data) as { items: Array<{ counts: { accepted: number } }> }).items[0]?.counts.accepted;
      }
    };
    expect(await accepted()).toBe(3);
    await api.test.db.run(`UPDATE campaign_recipients SET status = 'uncertain', accepted_at = NULL WHERE seq = 3`);
    expect(await accepted()).toBe(2);
    await reader.cancel();
  });

  it('lists what came back, and hands out the raw mail as a download only', async () => {
    const row = await api.test.db.first<{ id: string }>(
      `INSERT INTO inbound_messages (workspace_id, envelope, raw, content_hash, status, kind, subject)
       SELECT id, '{}', 'Subject: x', '\\x00', 'review', 'bounce', 'Undelivered' FROM workspaces RETURNING id`,
    );
    const list = await api.get('/inbound?review=true', { cookie });
    expect(list.body.items).toMatchObject([{ id: row?.id, kind: 'bounce', subject: 'Undelivered' }]);
    expect((await api.get(`/inbound/${row?.id}`, { cookie })).body).toMatchObject({ size: 10, recipients: [] });
    const raw = await api.get(`/inbound/${row?.id}/raw`, { cookie });
    expect([raw.headers.get('content-type'), raw.text]).toEqual(['message/rfc822', 'Subject: x']);
    expect(raw.headers.get('content-disposition')).toMatch(/^attachment/);
    expect((await api.get('/inbound/999', { cookie })).status).toBe(404);
    expect((await api.get('/dashboard', { cookie })).body.inboundUnreviewed).toBe(1);
  });
});
