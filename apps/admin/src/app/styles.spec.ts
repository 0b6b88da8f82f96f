import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const SOURCE = join(dirname(fileURLToPath(import.meta.url)), '..');
const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter((file) => !file.includes('.spec.'));
const texts = new Map(
  files.filter((file) => /\.(tsx?|css)$/.test(file)).map((file) => [file, readFileSync(join(SOURCE, file), 'utf8')]),
);

/** What a file imports by relative paths, with it or later. */
function imports(file: string, form: RegExp): string[] {
  return [...(texts.get(file) ?? '').matchAll(form)].map((match) => {
    const path = normalize(join(dirname(file), match[1]!));
    if (!path.endsWith('.js')) return path;
    return existsSync(join(SOURCE, path.replace(/js$/, 'tsx')))
      ? path.replace(/js$/, 'tsx')
      : path.replace(/js$/, 'ts');
  });
}
const AT_ONCE = /(?:from|^import) '(\.[^']+)'/gm;
const LATER = /import\('(\.[^']+)'\)/g;

/** A file and all that comes with it. */
function chunk(file: string, found = new Set<string>()): Set<string> {
  if (found.has(file)) return found;
  found.add(file);
  for (const each of imports(file, AT_ONCE)) chunk(each, found);
  return found;
}

/** Classes that style sheets speak of, each with the sheets. */
const sheets = new Map<string, string[]>();
for (const [file, css] of texts) {
  if (!file.endsWith('.css')) continue;
  const names = css.replace(/\/\*[^]*?\*\//g, '').matchAll(/\.([a-z][\w-]*)/gi);
  for (const name of new Set([...names].map((match) => match[1]!)))
    sheets.set(name, [...(sheets.get(name) ?? []), file]);
}
const classesOf = (file: string) =>
  [...texts.get(file)!.matchAll(/className="([^"]+)"/g)].flatMap((match) => match[1]!.split(' '));

const start = chunk('main.tsx');
const screens = [...texts.keys()].filter((file) => /(?<!^app\/.*)-screen\.tsx$/.test(file) && !start.has(file));

it.each(screens)('%s brings the styles of what it shows, whichever screen came before', (screen) => {
  // What it loads later brings its own along; they show the rest together.
  const parts = [...chunk(screen)];
  const later = parts.flatMap((part) => imports(part, LATER)).flatMap((part) => [...chunk(part)]);
  const there = new Set([...start, ...parts, ...later]);
  const unstyled = parts
    .filter((part) => part.endsWith('.tsx') && !start.has(part))
    .flatMap((part) => classesOf(part).map((name) => ({ name, part })))
    .filter(({ name }) => sheets.has(name) && !sheets.get(name)!.some((sheet) => there.has(sheet)))
    .map(({ name, part }) => `${relative('.', part)}: ${name} of ${sheets.get(name)!.join(', ')}`);
  expect([...new Set(unstyled)]).toEqual([]);
});
