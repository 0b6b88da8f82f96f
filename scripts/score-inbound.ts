import { existsSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { InboundVerdict } from '#contracts';
import { MailReader } from '../apps/inbound/src/mail-reader.js';
import { readLabels } from '../libs/engine/dsn/src/testing/labels.js';
import type { Labels } from '../libs/engine/dsn/src/testing/labels.js';
import { Scorecard } from '../libs/engine/dsn/src/testing/scorecard.js';
import { KNOWN_MAIL, UNSEEN_MAIL, standings } from '../libs/engine/dsn/src/testing/targets.js';
import { readSpeed } from './score-inbound/speed.js';
import { printMisses, printOthers, printTable } from './score-inbound/print.js';

/**
 * `npm run score:inbound [-- --corpora DIR | --dir DIR] [--json FILE]`: how real mail is read, against the targets, with
 * every miss. Ends with 1 below a target's "land", with 0 and "not run" where there is no mail.
 */
const { corpora, dir, json } = options();
const folder = resolve(dir ?? corpora ?? '../shared/corpora');
if (!existsSync(folder)) {
  if (dir !== undefined || corpora !== undefined) fail(`There is no folder ${folder}.`);
  process.stdout.write(`not run: there is no collection at ${folder}\n`);
  process.exit(0);
}
const labels = labelsOf(folder);

const card = new Scorecard();
const reader = new MailReader();
const read = async (raw: Buffer): Promise<InboundVerdict> => {
  const [found] = await reader.read([{ raw, envelope: { recipients: [], sender: null } }]);
  if (!found || found instanceof Error) throw found ?? new Error('not read');
  return found.verdict;
};
for (const mail of labels.mails) await card.addMail(mail, read);
for (const reply of labels.replies) card.addReply(reply);
const speed = await readSpeed(labels.mails, read);
await reader.close();

const table = standings(card, dir === undefined ? KNOWN_MAIL : UNSEEN_MAIL, speed);
printMisses(card.misses);
printOthers(card, table);
printTable(folder, table);
if (json !== undefined) {
  const shares = Object.fromEntries(card.measures.map((measure) => [measure, card.count(measure)]));
  writeFileSync(
    json,
    `${JSON.stringify({ folder, targets: table, measures: shares, misses: card.misses, leftOut: labels.problems }, null, 2)}\n`,
  );
}
process.exitCode = table.every(({ ok }) => ok) ? 0 : 1;

/** Mail without a label is read too, but a folder without any label asks nothing. */
function labelsOf(place: string): Labels {
  const found = readLabels(place);
  for (const problem of found.problems) process.stderr.write(`left out: ${problem}\n`);
  if (found.labelled === 0) fail(`${place} has no labels.jsonl with rows that can be used.`);
  return found;
}

function options(): { corpora?: string; dir?: string; json?: string } {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({ options: { corpora: text, dir: text, json: text } }).values;
  } catch (error) {
    return fail((error as Error).message);
  }
}

function fail(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(2);
}
