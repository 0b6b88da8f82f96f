import { escapeAroundTags } from './escape.js';
import { insertInBody, preheaderElement } from './body-insertions.js';
import { compileHtml } from './compile-html.js';
import type { CompiledHtml } from './compile-html.js';
import { normalised } from './template-source.js';
import type { CompileOptions, TemplateSource } from './template-source.js';
import { CLIP_BYTES, LIMITS, RenderError } from './limits.js';
import { addParametersInText } from './link-parameters.js';
import { SAMPLE_MERGE_DATA, SAMPLE_URLS } from './merge-data.js';
import { parseTemplate } from './parse-template.js';
import type { ParsedTemplate } from './parse-template.js';
import { hasError, mostImportant, templateError, templateWarning } from './problems.js';
import type { TemplateProblem, TemplateProperty } from './problems.js';
import { createRenderer } from './renderer.js';
import type { CompiledContent } from './renderer.js';
import { textFromHtml } from './text-part.js';
import { alwaysWrites } from './unsubscribe-check.js';

export type CompileResult = { ok: true; content: CompiledContent } | { ok: false; problems: TemplateProblem[] };

/**
 * Compiles a template once per campaign: checks it, converts MJML, inlines CSS, rewrites links, adds preheader, footer
 * and pixel, and makes the text part. Pure and bounded, but up to a second of CPU for the largest MJML: run it in a
 * worker. Bad input is a result, not an exception.
 */
export async function compileContent(source: TemplateSource, options: CompileOptions): Promise<CompileResult> {
  const problems = checkSizes(source);
  if (hasError(problems)) return { ok: false, problems };
  const part = (text: string, property: TemplateProperty): ParsedTemplate | null => {
    const result = parseTemplate(normalised(text), property, { fields: options.fields });
    problems.push(...result.problems);
    return result.parsed;
  };
  const subject = part(source.subject, 'subject');
  const preheader = part(source.preheader ?? '', 'preheader');
  const userText = isEmpty(source.text) ? null : part(source.text ?? '', 'text');
  const html = await compileHtml(
    { html: normalised(source.html ?? ''), mjml: normalised(source.mjml ?? '') },
    options,
    problems,
  );
  if (!subject || !preheader || hasError(problems)) return failed(problems);

  const text = textPart(userText, html, options, problems);
  const content: CompiledContent = {
    subject: subject.source,
    preheader: preheader.source,
    html: html && insertInBody(html.html, preheaderHtml(preheader), '{{hy-open}}'),
    text,
    links: html?.links ?? [],
    problems: [],
    variables: variablesOf([subject, preheader, userText, html]),
    estimate: { html: 0, text: 0 },
    ...(options.linkParameters ? { linkParameters: options.linkParameters } : {}),
  };
  if (hasError(problems)) return failed(problems);
  const property = isEmpty(source.mjml) ? 'html' : 'mjml';
  try {
    content.estimate = estimate(content);
  } catch (error) {
    if (!(error instanceof RenderError)) throw error;
    problems.push(templateError(property, 'TEMPLATE_TOO_LARGE', `The finished mail can't be sent: ${error.message}`));
    return failed(problems);
  }
  problems.push(...checkClipping(content.estimate.html, property));
  content.problems = mostImportant(problems);
  return { ok: true, content };
}

function failed(problems: TemplateProblem[]): CompileResult {
  return { ok: false, problems: mostImportant(problems) };
}

function isEmpty(text: string | null | undefined): boolean {
  return !text || text.trim() === '';
}

function checkSizes(source: TemplateSource): TemplateProblem[] {
  const problems: TemplateProblem[] = [];
  const check = (property: TemplateProperty, text: string | null | undefined, size: number, limit: number): void => {
    if (!text || size <= limit) return;
    const message = `The ${property} is ${size} long; at most ${limit} is possible. Shorten it.`;
    problems.push(templateError(property, 'TEMPLATE_TOO_LARGE', message, { params: { size, limit } }));
  };
  check('subject', source.subject, source.subject.length, LIMITS.subjectLength);
  check('preheader', source.preheader, source.preheader?.length ?? 0, LIMITS.preheaderLength);
  for (const property of ['html', 'mjml', 'text'] as const) {
    const limit = property === 'text' ? LIMITS.textBytes : LIMITS.htmlBytes;
    check(property, source[property], Buffer.byteLength(source[property] ?? ''), limit);
  }
  if (isEmpty(source.html) && isEmpty(source.mjml) && isEmpty(source.text)) {
    problems.push(
      templateError('html', 'TEMPLATE_EMPTY', 'The mail has no content. Write an HTML, MJML or text part.'),
    );
  }
  if (!isEmpty(source.html) && !isEmpty(source.mjml)) {
    problems.push(templateError('mjml', 'TEMPLATE_EMPTY', 'There are both HTML and MJML. Remove one of them.'));
  }
  return problems;
}

/** The preheader's fixed text escaped for HTML, its tags as they are. */
function preheaderHtml(preheader: ParsedTemplate): string {
  const { source, tags } = preheader;
  if (source.trim() === '') return '';
  return preheaderElement(escapeAroundTags(source, tags));
}

function textPart(
  userText: ParsedTemplate | null,
  html: CompiledHtml | null,
  options: CompileOptions,
  problems: TemplateProblem[],
): string {
  if (!userText) {
    const text = html ? textFromHtml(html.html) : null;
    if (text !== null) return text;
    const message =
      'No text part could be made from the HTML. Write one; until then it holds the link to the web version.';
    problems.push(templateWarning('text', 'TEXT_NOT_GENERATED', message));
    return '{{webVersionUrl}}\n\n{{unsubscribeUrl}}';
  }
  const source = addParametersInText(userText.source, userText.tags, options.linkParameters ?? []);
  if (alwaysWrites(userText.program, 'unsubscribeUrl')) return source;
  const footer = options.footer ? parseTemplate(normalised(options.footer.text), 'footer') : null;
  problems.push(...(footer?.problems ?? []));
  if (footer?.parsed) return `${source.trimEnd()}\n\n${footer.parsed.source}`;
  const message = 'The text part has no unsubscribe link. Add {{unsubscribeUrl}}.';
  if (!html) problems.push(templateWarning('text', 'NO_UNSUBSCRIBE', message));
  return source;
}

function variablesOf(parts: ReadonlyArray<{ variables: string[] } | null>): string[] {
  return [...new Set(parts.flatMap((part) => part?.variables ?? []))].sort();
}

function estimate(content: CompiledContent): CompiledContent['estimate'] {
  const mail = createRenderer(content).render(SAMPLE_MERGE_DATA, SAMPLE_URLS);
  return { html: Buffer.byteLength(mail.html ?? ''), text: Buffer.byteLength(mail.text) };
}

function checkClipping(bytes: number, property: TemplateProperty): TemplateProblem[] {
  if (bytes <= CLIP_BYTES.amber) return [];
  const size = Math.round(bytes / 1024);
  if (bytes > CLIP_BYTES.red) {
    const message = `The HTML is about ${size} kB; Gmail hides what follows the first 102 kB. Shorten the mail.`;
    return [templateWarning(property, 'SIZE_CLIPPED', message, { params: { size } })];
  }
  const message = `The HTML is about ${size} kB and comes near the 102 kB at which Gmail cuts a mail.`;
  return [templateWarning(property, 'SIZE_NEAR_CLIPPING', message, { params: { size } })];
}
