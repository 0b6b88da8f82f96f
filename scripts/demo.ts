// `npm run demo`: with the product running, 10,000 contacts, one campaign through the sandbox, everything that comes
// back, and a check of the ledger against what the sandbox wrote down. By the public API alone; the check by neither.
import { openAccess } from './demo/access.js';
import { importContacts, sendCampaign, writeCampaign } from './demo/campaign.js';
import { checkCampaign } from './demo/check.js';
import type { Finding } from './demo/check.js';
import { DemoError, readOptions } from './demo/options.js';
import { printReport } from './demo/report.js';
import { bold, count, dim, green, pad, red, say, step } from './demo/terminal.js';

const SHOWN = 5;

try {
  process.exitCode = (await run()) ? 0 : 1;
} catch (error) {
  const known = error instanceof DemoError;
  process.stderr.write(`\n${known ? error.message : ((error as Error).stack ?? String(error))}\n`);
  process.exitCode = 1;
}

async function run(): Promise<boolean> {
  const options = readOptions(process.argv.slice(2), process.env);
  const { url, dataDir, contacts, timeoutMs } = options;
  say(`${bold('Hongyan 鸿雁')} · a campaign to ${count(contacts)} simulated people ${dim(`at ${url}`)}\n`);
  const { api, login } = await openAccess(options, process.env.HONGYAN_API_KEY);
  step('Way in', login ? 'set up the instance and made an API key' : 'by API key');
  const { listId } = await importContacts(api, options);
  const { id } = await writeCampaign(api, listId);
  const { report, logMark } = await sendCampaign(api, id, timeoutMs);
  printReport(report);
  const ok = printFindings(await checkCampaign(dataDir, id, logMark, report));
  say(`\nLook at it in the browser: ${bold(`${url}/campaigns/${id}`)}`);
  if (login) say(`  e-mail    ${bold(login.email)}\n  password  ${bold(login.password)}`);
  return ok;
}

/** @returns true when everything agrees */
function printFindings(findings: readonly Finding[]): boolean {
  say(`\n${bold('Check: the ledger against the sandbox’ own log')}`);
  for (const { title, detail, differences } of findings) {
    say(`  ${differences.length === 0 ? green('✓') : red('✗')} ${pad(title, 58)} ${detail}`);
    for (const difference of differences.slice(0, SHOWN)) say(`      ${red(difference)}`);
    if (differences.length > SHOWN) say(`      … and ${count(differences.length - SHOWN)} more`);
  }
  const wrong = findings.filter(({ differences }) => differences.length > 0).length;
  say(wrong === 0 ? green('  Everything agrees.') : red(`  ${wrong} of ${findings.length} comparisons disagree.`));
  return wrong === 0;
}
