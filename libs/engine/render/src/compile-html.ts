import { normalised } from './template-source.js';
import type { CompileOptions } from './template-source.js';
import { insertInBody } from './body-insertions.js';
import { checkHtml } from './html-checks.js';
import { checkPlaces } from './html-places.js';
import { scanHtml } from './html-scanner.js';
import { inlineCss } from './inline-css.js';
import { mjmlToHtml } from './mjml-to-html.js';
import { parseTemplate } from './parse-template.js';
import type { ParsedTemplate } from './parse-template.js';
import { hasError, mostImportant, templateError, templateWarning } from './problems.js';
import type { TemplateProblem, TemplateProperty } from './problems.js';
import { rewriteHtml } from './rewrite-html.js';
import type { ContentLink, RewriteOptions } from './rewrite-html.js';
import { alwaysWrites } from './unsubscribe-check.js';

/** The HTML part ready but for preheader and pixel. */
export interface CompiledHtml {
  html: string;
  links: ContentLink[];
  variables: string[];
}

/** Compiles the HTML part from `html` or `mjml`; null if both are empty or a problem is an error. */
export async function compileHtml(
  source: { html: string; mjml: string },
  options: CompileOptions,
  problems: TemplateProblem[],
): Promise<CompiledHtml | null> {
  const property = source.mjml.trim() === '' ? 'html' : 'mjml';
  if (source[property].trim() === '') return null;
  const checked = checkSource(source[property], property, options, problems);
  if (!checked) return null;
  const plain = property === 'mjml' ? await fromMjml(checked, problems) : fromHtml(checked, problems);
  if (!plain) return null;
  const body = rewrite(plain, { ...linkOptions(options), firstLink: 0, property }, problems);
  if (!body) return null;
  const compiled = { ...body, variables: checked.parsed.variables };
  return withFooter(compiled, options, property, problems);
}

function linkOptions({ trackLinks, linkParameters = [] }: CompileOptions) {
  return { trackLinks, linkParameters };
}

interface Checked {
  parsed: ParsedTemplate;
  scan: ReturnType<typeof scanHtml>;
}

/** Every check whose finding has a line in the user's own source. */
function checkSource(
  source: string,
  property: TemplateProperty,
  { fields }: Pick<CompileOptions, 'fields'>,
  problems: TemplateProblem[],
): Checked | null {
  const { parsed, tags, problems: found } = parseTemplate(source, property, { fields });
  problems.push(...found);
  if (!tags) return null;
  const scan = scanHtml(source, tags);
  const more = [...checkHtml(source, scan, property), ...checkPlaces(source, tags, scan, property)];
  problems.push(...mostImportant(more));
  return !parsed || hasError(more) ? null : { parsed, scan };
}

async function fromMjml({ parsed, scan }: Checked, problems: TemplateProblem[]): Promise<string | null> {
  const { html, problems: found } = await mjmlToHtml(parsed, scan);
  problems.push(...found);
  return hasError(found) ? null : html;
}

function fromHtml({ parsed, scan }: Checked, problems: TemplateProblem[]): string {
  const { html, problems: found } = inlineCss(parsed, scan);
  problems.push(...found);
  return html;
}

/** Parses and scans again, because MJML and inlining moved things, then edits in place. */
function rewrite(
  html: string,
  options: RewriteOptions,
  problems: TemplateProblem[],
): { html: string; links: ContentLink[] } | null {
  const { parsed, problems: unreadable } = parseTemplate(html, options.property);
  if (!parsed) {
    problems.push(...unreadable.map(({ line: _line, ...found }) => found));
    return null;
  }
  const scan = scanHtml(html, parsed.tags);
  const unsafe = checkPlaces(html, parsed.tags, scan, options.property).map(({ line: _line, ...found }) => found);
  problems.push(...unsafe);
  if (hasError(unsafe)) return null;
  const { problems: found, ...rewritten } = rewriteHtml(parsed, scan, options);
  problems.push(...found);
  return hasError(found) ? null : rewritten;
}

function withFooter(
  body: CompiledHtml,
  options: CompileOptions,
  property: TemplateProperty,
  problems: TemplateProblem[],
): CompiledHtml | null {
  const { parsed } = parseTemplate(body.html, property, { internal: true });
  if (!parsed) {
    problems.push(templateError(property, 'TEMPLATE_SYNTAX', 'The compiled HTML can no longer be read.'));
    return null;
  }
  if (alwaysWrites(parsed.program, 'unsubscribeUrl')) return body;
  if (!options.footer) {
    const message =
      'The mail has no unsubscribe link that every recipient sees. Add {{unsubscribeUrl}} outside any block.';
    problems.push(templateWarning(property, 'NO_UNSUBSCRIBE', message));
    return body;
  }
  const checked = checkSource(normalised(options.footer.html), 'footer', {}, problems);
  const rewriting = { ...linkOptions(options), firstLink: body.links.length, property: 'footer' as const };
  const footer = checked && rewrite(checked.parsed.source, rewriting, problems);
  if (!footer) return null;
  const message = 'The mail has no unsubscribe link that every recipient sees, so the workspace footer was added.';
  problems.push(templateWarning(property, 'UNSUBSCRIBE_FOOTER_ADDED', message));
  return {
    html: insertInBody(body.html, '', footer.html),
    links: [...body.links, ...footer.links],
    variables: [...body.variables, ...checked.parsed.variables],
  };
}
