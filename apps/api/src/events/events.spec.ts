import { EventStream } from './event-stream.js';
import { OWNER, RunningApi, cookieOf } from '../testing/running-api.js';

let api: RunningApi;
let cookie: string;
let probes: { id: string; status: string }[] = [];
beforeAll(async () => {
  api = await RunningApi.start();
  await api.setUp();
  api.app.get(EventStream).register({ type: 'probes', current: async () => probes });
});
// A session of its own for each test: streams are counted by session.
beforeEach(async () => {
  const { email, password } = OWNER;
  cookie = cookieOf(await api.post('/auth/login', { body: { email, password } }));
});
afterAll(() => api.stop());

const open = (query = '') =>
  fetch(`${api.url}/api/v1/events${query}`, { headers: { cookie, accept: 'text/event-stream' } });

/** The next event of a stream, or null when the stream ended. */
async function nextEvent(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<unknown> {
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return null;
    const data = /^data: (.*)$/m.exec(Buffer.from(value).toString())?.[1];
    if (data) return JSON.parse(data);
  }
}

describe('the event stream', () => {
  it('tells what changed, and only that', async () => {
    probes = [
      { id: '1', status: 'sending' },
      { id: '2', status: 'draft' },
    ];
    const reader = (await open()).body!.getReader();
    expect(await nextEvent(reader)).toEqual({ type: 'probes', items: probes });
    probes = [{ id: '1', status: 'sent' }, probes[1]!];
    expect(await nextEvent(reader)).toEqual({ type: 'probes', items: [{ id: '1', status: 'sent' }] });
    await reader.cancel();
  });

  it('refuses another workspace named in the query', async () => {
    const answer = await open('?workspace=999999');
    expect(answer.status).toBe(404);
    await answer.body!.cancel();
  });

  it('is limited to ten a session', async () => {
    const streams = await Promise.all(Array.from({ length: 11 }, () => open()));
    expect(streams.map(({ status }) => status).sort()).toEqual([...Array<number>(10).fill(200), 429]);
    await Promise.all(streams.map(({ body }) => body!.cancel()));
  });

  it('ends when its session ends', async () => {
    const reader = (await open()).body!.getReader();
    await api.post('/auth/logout', { cookie });
    expect(await nextEvent(reader)).toBeNull();
  });
});
