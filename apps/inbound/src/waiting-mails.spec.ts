import { createLogger } from '#platform/logging';
import { BATCHES, BATCH_MAILS, WaitingMails } from './waiting-mails.js';

const log = createLogger('test', 'silent');
const ids = (from: number, count: number) => Array.from({ length: count }, (_, n) => String(from + n));

/** Work whose batches end when they are told to. */
function line() {
  const batches: { ids: readonly string[]; end: (error?: Error) => void }[] = [];
  const waiting = new WaitingMails(
    (some) =>
      new Promise<void>((resolve, reject) => {
        batches.push({ ids: some, end: (error) => (error ? reject(error) : resolve()) });
      }),
    log,
  );
  return { waiting, batches };
}
const turn = () => new Promise((resolve) => setImmediate(resolve));

it('one mail is processed at once; those that come meanwhile are the next batches, each mail in one of them', async () => {
  const { waiting, batches } = line();
  waiting.add(['1']);
  await turn();
  expect(batches.map((batch) => batch.ids)).toEqual([['1']]);
  waiting.add(ids(1, BATCH_MAILS + 2)); // the first is in hand
  await turn();
  expect(batches).toHaveLength(BATCHES);
  expect(batches[1]!.ids).toEqual(ids(2, BATCH_MAILS));
  batches[0]!.end();
  await turn();
  expect(batches[2]!.ids).toEqual([String(BATCH_MAILS + 2)]);
  for (const { end } of batches) end();
  await waiting.close();
  expect(batches).toHaveLength(3);
});

it('a batch that fails ends neither the others nor the line, and its mails may come again', async () => {
  const { waiting, batches } = line();
  waiting.add(['1']);
  await turn();
  batches[0]!.end(new Error('Postgres is away'));
  await turn();
  waiting.add(['1']);
  await turn();
  expect(batches.map((batch) => batch.ids)).toEqual([['1'], ['1']]);
  batches[1]!.end();
  await waiting.close();
  waiting.add(['2']);
  await turn();
  expect(batches).toHaveLength(2);
});
