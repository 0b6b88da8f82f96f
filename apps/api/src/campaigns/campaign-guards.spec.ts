import { RunningApi } from '../testing/running-api.js';

let api: RunningApi;
let cookie: string;
let list: string;
let banned: string;
beforeAll(async () => {
  api = await RunningApi.start();
  cookie = await api.setUp();
  list = await newList('会员');
  banned = await newList('不打扰');
  await addContact('one', list);
  await addContact('two', list, banned);
});
afterAll(() => api.stop());

const newList = async (name: string): Promise<string> =>
  (await api.post('/lists', { cookie, body: { name } })).body.id as string;
const addContact = (name: string, ...lists: string[]) =>
  api.post('/contacts', {
    cookie,
    body: { email: `${name}@simulator.test`, lists: lists.map((id) => ({ id, status: 'subscribed' })) },
  });
const post = (route: string, body?: object) => api.post(route, { cookie, body });
const make = (more: object = {}) =>
  post('/campaigns', {
    name: '三月通讯',
    from: { name: '鸿雁', address: 'news@example.com' },
    content: { subject: '你好', html: '<p>你好</p>' },
    audience: { lists: [list] },
    ...more,
  });
const draft = async (more: object = {}): Promise<string> => (await make(more)).body.id as string;
const LATER = { at: '2099-01-02T09:00', timezone: 'Asia/Shanghai' };
const fieldsOf = (answer: { body: { errors?: { property: string; code: string }[] } }) =>
  (answer.body.errors ?? []).map(({ property, code }) => [property, code]);

describe('a list that a campaign on its way uses', () => {
  it.each(['scheduled', 'sending', 'paused'])('is not deleted while the campaign is %s', async (status) => {
    const gone = await newList(`排除 ${status}`);
    const chosen = await newList(`选择 ${status}`);
    await addContact(`member-${status}`, chosen);
    const id = await draft({ name: `活动 ${status}`, audience: { lists: [chosen], excludeLists: [gone] } });
    await post(
      `/campaigns/${id}/${status === 'scheduled' ? 'schedule' : 'start'}`,
      status === 'scheduled' ? LATER : {},
    );
    if (status === 'paused') await post(`/campaigns/${id}/pause`);
    for (const each of [gone, chosen]) {
      const refused = await api.delete(`/lists/${each}`, { cookie });
      expect([refused.status, refused.body.code]).toEqual([409, 'IN_USE']);
      expect(refused.body.detail).toContain(`活动 ${status}`);
      expect(refused.body.help).toMatch(/cancel/i);
    }
    await post(`/campaigns/${id}/cancel`);
    expect((await api.delete(`/lists/${gone}`, { cookie })).status).toBe(204);
  });

  it('holds a draft back once it is gone, also where it was only excluded', async () => {
    const gone = await newList('马上删除');
    const id = await draft({ audience: { lists: [list], excludeLists: [gone] } });
    expect((await api.delete(`/lists/${gone}`, { cookie })).status).toBe(204);
    const { ready, items } = (await api.get(`/campaigns/${id}/checklist`, { cookie })).body;
    expect(ready).toBe(false);
    expect(items).toContainEqual(expect.objectContaining({ code: 'LIST_GONE', property: 'audience.excludeLists' }));
    const refused = await post(`/campaigns/${id}/start`);
    expect([refused.status, refused.body.code]).toEqual([422, 'CAMPAIGN_INCOMPLETE']);
    expect(fieldsOf(refused)).toEqual([['audience.excludeLists', 'LIST_GONE']]);
  });

  it('is deleted or used by a start, never both, when both come at once', async () => {
    const ends: string[] = [];
    for (let round = 0; round < 8; round += 1) {
      const gone = await newList(`同时 ${round}`);
      const id = await draft({ audience: { lists: [list], excludeLists: [gone] } });
      const [removed, started] = await Promise.all([
        api.delete(`/lists/${gone}`, { cookie }),
        post(`/campaigns/${id}/start`),
      ]);
      ends.push(`${removed.status} ${started.status}`);
      await post(`/campaigns/${id}/cancel`);
    }
    expect(ends.filter((end) => end !== '204 422' && end !== '409 200')).toEqual([]);
  });
});

describe('an audience of nobody', () => {
  it('is refused by start and schedule with what the checklist says', async () => {
    const empty = await newList('空');
    for (const audience of [{ lists: [empty] }, { lists: [banned], excludeLists: [banned] }]) {
      const id = await draft({ audience });
      const checklist = (await api.get(`/campaigns/${id}/checklist`, { cookie })).body;
      expect(checklist.items.filter(({ code }: { code: string }) => code === 'NOBODY_TO_SEND_TO')).toHaveLength(1);
      for (const refused of [await post(`/campaigns/${id}/start`), await post(`/campaigns/${id}/schedule`, LATER)]) {
        expect([refused.status, refused.body.code]).toEqual([422, 'CAMPAIGN_INCOMPLETE']);
        expect(fieldsOf(refused)).toEqual([['audience.lists', 'NOBODY_TO_SEND_TO']]);
      }
    }
  });
});

describe('ids of a campaign', () => {
  it.each([
    [{ attachments: ['99999'] }, 'attachments.0', 'ATTACHMENT_UNKNOWN'],
    [{ smtpAccounts: ['99999'] }, 'smtpAccounts.0', 'SMTP_ACCOUNT_UNKNOWN'],
    [{ audience: { lists: ['99999'] } }, 'audience.lists.0', 'LIST_UNKNOWN'],
    [{ audience: { lists: [], excludeLists: ['99999'] } }, 'audience.excludeLists.0', 'LIST_UNKNOWN'],
  ])('that name nothing are refused at their field: %j', async (wrong, property, code) => {
    const made = await make(wrong);
    expect([made.status, ...fieldsOf(made)]).toEqual([422, [property, code]]);
    const id = await draft();
    const changed = await api.patch(`/campaigns/${id}`, { cookie, body: { version: 1, ...wrong } });
    expect([changed.status, ...fieldsOf(changed)]).toEqual([422, [property, code]]);
  });

  it('that have gone since do not stop a change of something else', async () => {
    const gone = await newList('将被删除');
    const id = await draft({ audience: { lists: [list, gone] } });
    await api.delete(`/lists/${gone}`, { cookie });
    const renamed = await api.patch(`/campaigns/${id}`, { cookie, body: { version: 1, name: '新名称' } });
    expect([renamed.status, renamed.body.name]).toEqual([200, '新名称']);
    expect((await post(`/campaigns/${id}/duplicate`)).status).toBe(201);
  });
});

describe('a PATCH of a part', () => {
  it('leaves what it leaves out as it is', async () => {
    const id = await draft();
    const body = { version: 1, audience: { excludeLists: [banned] }, content: { subject: '新主题' } };
    const changed = await api.patch(`/campaigns/${id}`, { cookie, body });
    expect(changed.body).toMatchObject({
      audience: { lists: [list], excludeLists: [banned] },
      content: { subject: '新主题', html: '<p>你好</p>' },
    });
  });
});

describe('the time of a schedule', () => {
  const schedule = async (at: string, timezone = 'Europe/Berlin') =>
    post(`/campaigns/${await draft()}/schedule`, { at, timezone });

  it.each(['2099-03-29T02:30', '2099-03-29T02:00:00', '2099-03-29T02:59:59.999'])(
    'that a change of clocks skips is refused at its field: %s',
    async (at) => {
      const refused = await schedule(at);
      expect([refused.status, ...fieldsOf(refused)]).toEqual([422, ['at', 'TIME_INVALID']]);
      expect(refused.body.detail).toContain('Europe/Berlin');
    },
  );

  it('that comes twice means the first, and one with an offset means itself', async () => {
    expect((await schedule('2099-10-25T02:30')).body.scheduledAt).toBe('2099-10-25T00:30:00.000Z');
    expect((await schedule('2099-10-25T02:30:00+01:00')).body.scheduledAt).toBe('2099-10-25T01:30:00.000Z');
    expect((await schedule('2099-03-29T03:00')).body.scheduledAt).toBe('2099-03-29T01:00:00.000Z');
    expect((await schedule('2099-03-29T02:30:00Z')).body.scheduledAt).toBe('2099-03-29T02:30:00.000Z');
    // Lord Howe Island turns its clocks back by half an hour only.
    expect((await schedule('2099-04-05T01:45', 'Australia/Lord_Howe')).body.scheduledAt).toBe(
      '2099-04-04T14:45:00.000Z',
    );
  });

  it('that is no date says so in words, with the field and a remedy', async () => {
    const refused = await schedule('2027-02-30T10:00:00');
    expect([refused.status, refused.body.code, fieldsOf(refused)[0]?.[0]]).toEqual([422, 'VALIDATION_FAILED', 'at']);
    expect(refused.body.errors[0].code).toBe('INVALID_FORMAT');
    expect(refused.body.errors[0].message).toMatch(/date and time that exist.*2027-02-28T10:00/);
  });
});

describe('a pause', () => {
  it('does not count against the deadline', async () => {
    const id = await draft();
    await post(`/campaigns/${id}/start`);
    await post(`/campaigns/${id}/pause`);
    // A weekend: everything the campaign has noted lies 60 hours back.
    await api.test.db.run(
      `UPDATE campaigns SET started_at = started_at - interval '60 hours', deadline_at = deadline_at - interval '60 hours',
         paused_at = paused_at - interval '60 hours' WHERE id = $1`,
      [id],
    );
    await post(`/campaigns/${id}/resume`);
    const row = await api.test.db.first(
      `SELECT round(extract(epoch FROM deadline_at - now()) / 3600)::int AS hours, paused_at AS "pausedAt"
       FROM campaigns WHERE id = $1`,
      [id],
    );
    expect(row).toEqual({ hours: 48, pausedAt: null });
    await post(`/campaigns/${id}/cancel`);
  });
});

describe('a real SMTP account', () => {
  it('that may not carry the From domain is an error, since the sandbox no longer stands in for it', async () => {
    const id = await draft();
    const checklist = async () => (await api.get(`/campaigns/${id}/checklist`, { cookie })).body;
    expect((await checklist()).ready).toBe(true);
    const account = { name: 'real', host: 'smtp.example.org', port: 25, security: 'none', fromDomains: ['other.org'] };
    const made = await post('/smtp-accounts', { ...account, returnPathDomain: 'bounces.other.org' });
    expect((await checklist()).items).toContainEqual(
      expect.objectContaining({ code: 'NO_SMTP_ACCOUNT', severity: 'error', params: { domain: 'example.com' } }),
    );
    expect(fieldsOf(await post(`/campaigns/${id}/start`))).toEqual([['smtpAccounts', 'NO_SMTP_ACCOUNT']]);
    expect((await api.delete(`/smtp-accounts/${made.body.id}`, { cookie })).status).toBe(204);
    expect((await checklist()).ready).toBe(true);
  });
});
