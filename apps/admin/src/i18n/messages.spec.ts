import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MessageTree, Messages } from './messages.js';

const SOURCE = join(dirname(fileURLToPath(import.meta.url)), '..');
const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' });
const messageFiles = files.filter((file) => /(^|\/)(problem-)?messages\.ts$/.test(file) && !file.startsWith('i18n/'));

/** `a.b` → text; plural forms (`_one`, `_other`) count as one key, since Chinese has a single form. */
function flatten(tree: MessageTree, prefix = ''): Map<string, string> {
  const flat = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'string') flat.set((prefix + key).replace(/_(one|other)$/, ''), value);
    else for (const [inner, text] of flatten(value, `${prefix}${key}.`)) flat.set(inner, text);
  }
  return flat;
}

const placeholders = (text: string) => [...text.matchAll(/\{\{\s*(\w+)[^}]*\}\}/g)].map((match) => match[1]).sort();

async function load(file: string): Promise<Messages> {
  return ((await import(join(SOURCE, file))) as { messages: Messages }).messages;
}

/** Namespace of a file of texts: its folder in camel case, except for the two that belong to no feature. */
const namespaceOf = (file: string) =>
  file.includes('problem-')
    ? 'problem'
    : dirname(file).replace(/-(\w)/g, (_dash, letter: string) => letter.toUpperCase());

describe('texts of the admin UI', () => {
  it('finds the files', () => {
    expect(messageFiles.length).toBeGreaterThan(5);
  });

  it.each(messageFiles)('has the same keys in both languages: %s', async (file) => {
    const { zh, en } = await load(file);
    expect([...flatten(zh).keys()].sort()).toEqual([...flatten(en).keys()].sort());
  });

  it.each(messageFiles)('has the same placeholders in both languages: %s', async (file) => {
    const { zh, en } = await load(file);
    const english = flatten(en);
    for (const [key, text] of flatten(zh)) {
      expect([key, placeholders(text)]).toEqual([key, placeholders(english.get(key) ?? '')]);
    }
  });

  it.each(messageFiles)('keeps Chinese out of English, and has Chinese in Chinese: %s', async (file) => {
    const { zh, en } = await load(file);
    for (const [key, text] of flatten(en)) expect([key, /\p{Script=Han}/u.test(text)]).toEqual([key, false]);
    for (const [key, text] of flatten(zh)) {
      const sentence = /[A-Za-z]{3,} [A-Za-z]{2,} [A-Za-z]{2,}/.test(text.replace(/\{\{[^}]*\}\}/g, ''));
      expect([key, sentence && !/\p{Script=Han}/u.test(text)]).toEqual([key, false]);
    }
  });

  it.each(messageFiles)('uses the words of the glossary: %s', async (file) => {
    const { zh } = await load(file);
    const avoided = /战役|视图|信使|反弹|硬弹|软弹|跳出率|网络钩子|合并标签|选择加入|从地址|追踪域名|回报滥发/;
    for (const [key, text] of flatten(zh)) expect([key, avoided.exec(text)?.[0]]).toEqual([key, undefined]);
  });

  it('has every key that a screen asks for by name', async () => {
    const known = new Map<string, Set<string>>();
    for (const file of messageFiles) known.set(namespaceOf(file), new Set(flatten((await load(file)).zh).keys()));
    const missing: string[] = [];
    for (const file of files.filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.spec.ts'))) {
      for (const use of usesOf(readFileSync(join(SOURCE, file), 'utf8'))) {
        const keys = known.get(use.namespace);
        if (!keys?.has(use.key)) missing.push(`${relative('.', file)}: ${use.namespace}:${use.key}`);
      }
    }
    expect(missing).toEqual([]);
  });
});

/** Literal keys in a source file: `const { t } = useTranslation('x')` and `const { t: name } = …`, then `t('key')`. */
function usesOf(source: string): { namespace: string; key: string }[] {
  const uses: { namespace: string; key: string }[] = [];
  const namespaces = new Map<string, Set<string>>();
  for (const match of source.matchAll(/\bt(?:: (\w+))?(?:, i18n)? \} = useTranslation\('(\w+)'\)/g)) {
    const name = match[1] ?? 't';
    namespaces.set(name, (namespaces.get(name) ?? new Set()).add(match[2]!));
  }
  for (const [name, spaces] of namespaces) {
    if (spaces.size !== 1) continue;
    for (const match of source.matchAll(new RegExp(`\\b${name}\\('([\\w.-]+)'[,)]`, 'g'))) {
      uses.push({ namespace: [...spaces][0]!, key: match[1]! });
    }
  }
  return uses;
}
