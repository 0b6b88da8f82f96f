// `npm run seed:demo`: with the product running, a workspace of invented people with a year of mail to them, to look around
// in. In the browser it is removed again by one click.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { finishSetUp, requireRunning } from './demo/access.js';
import { DemoError, instanceUrl } from './demo/options.js';
import { PublicApi } from './demo/public-api.js';
import { bold, say } from './demo/terminal.js';

const USAGE = `npm run seed:demo -- [--locale zh-CN|en] [--email YOU] [--url http://localhost:3000] [--data .data]
On an instance that is set up already: HONGYAN_PASSWORD=… npm run seed:demo -- --email YOU
or choose the demo workspace in the browser, in the menu of workspaces.`;

try {
  await run();
} catch (error) {
  const known = error instanceof DemoError;
  process.stderr.write(`\n${known ? error.message : ((error as Error).stack ?? String(error))}\n`);
  process.exitCode = 1;
}

async function run(): Promise<void> {
  const { locale, email, url, data } = readArguments();
  await requireRunning(url);
  const { required } = await new PublicApi(url).get<{ required: boolean }>('/setup');
  const { owner, login } = required ? await finishSetUp(url, data) : await signIn(url, email);
  const { name } = await owner.post<{ name: string }>('/workspaces/demo', { locale });
  say(`${bold(name)} is ready at ${bold(url)}, in the menu of workspaces.`);
  if (login) say(`  e-mail    ${bold(login.email)}\n  password  ${bold(login.password)}`);
}

async function signIn(url: string, email: string | undefined): Promise<{ owner: PublicApi; login?: never }> {
  const password = process.env.HONGYAN_PASSWORD;
  if (!email || !password) throw new DemoError(`${url} is set up already: say who you are.\n${USAGE}`);
  const owner = new PublicApi(url);
  await owner.post('/auth/login', { email, password });
  return { owner };
}

function readArguments() {
  const text = { type: 'string' } as const;
  try {
    const options = { locale: { ...text, default: 'zh-CN' }, email: text, url: text, data: text };
    const { values } = parseArgs({ args: process.argv.slice(2), options });
    if (values.locale !== 'zh-CN' && values.locale !== 'en') throw new DemoError('--locale must be zh-CN or en.');
    const data = path.resolve(values.data ?? process.env.DATA_DIR ?? '.data');
    return {
      locale: values.locale,
      email: values.email,
      data,
      url: instanceUrl(values.url ?? process.env.PUBLIC_URL, data),
    };
  } catch (error) {
    throw new DemoError(`${(error as Error).message}\nUsage: ${USAGE}`);
  }
}
