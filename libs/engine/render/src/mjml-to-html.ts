import { attributeOf } from './html-checks.js';
import type { HtmlScan, HtmlTag } from './html-scan.js';
import { inliningWork } from './inline-css.js';
import { LIMITS } from './limits.js';
import { maskRanges } from './mask.js';
import type { ParsedTemplate } from './parse-template.js';
import { lineCounter, quoted, templateError, templateWarning } from './problems.js';
import type { TemplateProblem } from './problems.js';

/** What mjml says about one place of the source. */
interface MjmlFinding {
  line?: number;
  message?: string;
  tagName?: string;
}

/** HTML elements mjml makes of one tag, start and end counted apart. */
const ELEMENTS_PER_COMPONENT = 4;
/** The component mjml would load from a disk. */
const REFUSED = /<\s{0,10}(mj-include)\b/i;

/**
 * MJML to HTML with the `{{…}}` tags intact. Includes and remote fonts are off. Every finding of mjml's validator is
 * reported on the user's line; a tag that mjml would drop, because it stands between components, is an error.
 */
export async function mjmlToHtml(
  parsed: ParsedTemplate,
  scan: HtmlScan,
): Promise<{ html: string | null; problems: TemplateProblem[] }> {
  const lineOf = lineCounter(parsed.source);
  const include = REFUSED.exec(parsed.source);
  if (include) {
    const line = lineOf(include.index);
    const message = `Line ${line}: <mj-include> can't be used. Paste the included file here.`;
    const params = { kind: 'include', element: 'mj-include' };
    return { html: null, problems: [templateError('mjml', 'MJML_INVALID', message, { line, params })] };
  }
  const broken = checkComponents(parsed.source, scan, lineOf);
  if (broken) return { html: null, problems: [broken] };
  const masked = maskRanges(parsed.source, parsed.tags);
  // Loading mjml takes half a second; every process and thread that only renders does without it.
  const { default: mjml2html } = await import('mjml');
  let result: { html: string; errors: unknown };
  try {
    result = await mjml2html(masked.text, {
      fonts: {},
      ignoreIncludes: true,
      validationLevel: 'soft',
      keepComments: true,
      minify: false,
      useMjmlConfigOptions: false,
    });
  } catch (error) {
    const text = masked.restore(error instanceof Error ? error.message : '');
    const found = /line (\d{1,6})/i.exec(text);
    const line = found ? masked.sourceLine(Number(found[1])) : 1;
    const message = `The MJML can't be read: ${quoted(text)}. It needs one <mjml> with one <mj-body>, every element closed.`;
    const params = { kind: 'unreadable' };
    return { html: null, problems: [templateError('mjml', 'MJML_INVALID', message, { line, params })] };
  }
  const problems = ((result.errors ?? []) as MjmlFinding[]).slice(0, 50).map((finding) => {
    const line = finding.line === undefined ? 1 : masked.sourceLine(finding.line);
    const text = masked.restore(finding.message ?? '');
    const message = `Line ${line}: <${quoted(finding.tagName ?? 'mjml')}>: ${quoted(text)}`;
    const params = findingParams(text, finding.tagName ?? 'mjml');
    // An attribute mjml does not know is left out and harms nothing else.
    return /^Attribute /.test(text)
      ? templateWarning('mjml', 'MJML_WARNING', message, { line, params })
      : templateError('mjml', 'MJML_INVALID', message, { line, params });
  });
  for (const index of masked.missing(result.html)) {
    const tag = parsed.tags[index];
    if (!tag || tag.kind === 'comment') continue;
    const line = lineOf(tag.start);
    const shown = quoted(parsed.source.slice(tag.start, tag.end));
    const message = `Line ${line}: "${shown}" stands between components, where MJML drops it. Put it inside <mj-raw>.`;
    problems.push(templateError('mjml', 'MJML_INVALID', message, { line, params: { kind: 'between', tag: shown } }));
  }
  return { html: masked.restore(result.html), problems };
}

/**
 * What mjml's validator says, in parts, for a wording in another language. Its sentences, each from mjml 5:
 * "Element mj-txt doesn't exist or is not registered"; "mj-column cannot be used inside mj-body, only inside: mj-group,
 * mj-section"; "Attribute colour is illegal"; "Attribute color has invalid value: banana for type Color ".
 */
function findingParams(text: string, tagName: string): Record<string, string> {
  const element = quoted(tagName);
  if (/^Element \S+ doesn't exist/.test(text)) return { kind: 'unknownElement', element };
  const inside = /^\S+ cannot be used inside (\S+), only inside: ([^\n]{0,300})/.exec(text);
  if (inside) {
    // <mj-attributes> takes every tag, for defaults; nobody means to put content there.
    const allowed = inside[2]!.split(', ').filter((name) => name !== 'mj-attributes');
    return { kind: 'misplaced', element, parent: quoted(inside[1]!), allowed: quoted(allowed.join(', ')) };
  }
  const illegal = /^Attribute (\S+) is illegal/.exec(text);
  if (illegal) return { kind: 'unknownAttribute', element, attribute: quoted(illegal[1]!) };
  const value = /^Attribute (\S+) has invalid value: ([^\n]{0,300}?) for type/.exec(text);
  if (value) return { kind: 'badValue', element, attribute: quoted(value[1]!), value: quoted(value[2]!) };
  return { kind: 'other', element };
}

/** mjml closes open components silently, and inlines the CSS of `<mj-style inline>` however long it takes. */
function checkComponents(source: string, scan: HtmlScan, lineOf: (offset: number) => number): TemplateProblem | null {
  const open: HtmlTag[] = [];
  const fail = (tag: HtmlTag, kind: string, text: string): TemplateProblem => {
    const line = lineOf(tag.start);
    const params = { kind, element: quoted(tag.name) };
    return templateError('mjml', 'MJML_INVALID', `Line ${line}: ${text}`, { line, params });
  };
  for (const tag of scan.tags) {
    if (!/^mj(?:ml$|-)/.test(tag.name) || source.slice(tag.end - 2, tag.end) === '/>') continue;
    if (!tag.closing) {
      open.push(tag);
      continue;
    }
    const opening = open.pop();
    if (opening?.name !== tag.name) {
      const before = opening ? `, but <${quoted(opening.name)}> is open since line ${lineOf(opening.start)}` : '';
      return fail(
        tag,
        'closesNothing',
        `</${quoted(tag.name)}> closes nothing here${before}. Close the elements in order.`,
      );
    }
    if (tag.name !== 'mj-style' || !attributeOf(opening, 'inline')) continue;
    const css = source.slice(opening.end, tag.start);
    if (inliningWork(css, scan.tags.length * ELEMENTS_PER_COMPONENT) > LIMITS.inlineWork) {
      return fail(
        opening,
        'inlineCss',
        'this inlined CSS has too many rules for the length of the mail. Remove inline="inline".',
      );
    }
  }
  const unclosed = open.at(-1);
  return unclosed
    ? fail(unclosed, 'unclosed', `<${quoted(unclosed.name)}> is never closed. Add </${quoted(unclosed.name)}>.`)
    : null;
}
