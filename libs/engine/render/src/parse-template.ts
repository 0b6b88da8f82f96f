import Handlebars from 'handlebars';
import { inspectProgram } from './inspect-program.js';
import { LIMITS } from './limits.js';
import { hasError, lineCounter, mostImportant, quoted, templateError } from './problems.js';
import type { TemplateProblem, TemplateProperty } from './problems.js';
import { scanTemplateTags } from './template-tags.js';
import type { TemplateTag } from './template-tags.js';

/** A source that parsed: its syntax tree and its `{{…}}` tags. */
export interface ParsedTemplate {
  source: string;
  program: hbs.AST.Program;
  tags: TemplateTag[];
  /** Merge paths used, as written from the root, such as `fields.city`. */
  variables: string[];
}

/**
 * Parses and checks one source: syntax, known helpers and their arguments, no partials, decorators or unescaped output,
 * no way to a prototype, nesting within the limits. `tags` is null only where not even those can be told. `internal`
 * admits the tags that only compiling itself writes; `fields` are the contact fields there are.
 */
export function parseTemplate(
  source: string,
  property: TemplateProperty,
  options: { internal?: boolean; fields?: readonly string[] | undefined } = {},
): { parsed: ParsedTemplate | null; tags: TemplateTag[] | null; problems: TemplateProblem[] } {
  const scan = scanTemplateTags(source, property, options.internal ? LIMITS.internalTags : LIMITS.tags);
  const tags = hasError(scan.problems) ? null : scan.tags;
  const forbidden = refusedTags(source, scan.tags, property);
  if (forbidden.length > 0) return { parsed: null, tags, problems: forbidden };
  if (scan.problems.length > 0) return { parsed: null, tags, problems: scan.problems };
  let program: hbs.AST.Program;
  try {
    program = Handlebars.parse(source);
  } catch (error) {
    return { parsed: null, tags, problems: [syntaxProblem(error, source, property)] };
  }
  const { problems, variables, statements } = inspectProgram(program, property, options);
  const expected = scan.tags.filter((tag) => tag.kind === 'value' || tag.kind === 'open').length;
  if (!hasError(problems) && statements !== expected) {
    // Our scanner places the tags, Handlebars' parser reads them: where they differ, no place can be trusted.
    const message = `The ${property} has a {{…}} tag that can be read in two ways. Check its quotes and backslashes.`;
    problems.push(templateError(property, 'TEMPLATE_SYNTAX', message));
  }
  const parsed = hasError(problems) ? null : { source, program, tags: scan.tags, variables };
  return { parsed, tags, problems: mostImportant(problems) };
}

function refusedTags(source: string, tags: readonly TemplateTag[], property: TemplateProperty): TemplateProblem[] {
  const lineOf = lineCounter(source);
  const problems: TemplateProblem[] = [];
  for (const tag of tags) {
    const line = lineOf(tag.start);
    const shown = quoted(source.slice(tag.start, tag.end));
    const params = { tag: shown };
    if (tag.kind === 'unescaped') {
      const message = `Line ${line}: "${shown}" would put data into the mail unescaped. Write it with two braces: {{ }}.`;
      problems.push(templateError(property, 'TEMPLATE_UNESCAPED', message, { line, params }));
    } else if (tag.kind === 'partial' || tag.kind === 'decorator') {
      const message = `Line ${line}: "${shown}" is a partial or decorator, which templates can't use. Paste its content instead.`;
      problems.push(templateError(property, 'TEMPLATE_PARTIAL', message, { line, params }));
    }
    if (problems.length >= LIMITS.problems) break;
  }
  return problems;
}

/** Handlebars says "Parse error on line 3:\n…\n----^\nExpecting 'ID', … got 'INVALID'" or "if doesn't match each - 1:5". */
function syntaxProblem(error: unknown, source: string, property: TemplateProperty): TemplateProblem {
  const text = error instanceof Error ? error.message : '';
  const found = /on line (\d{1,9})/.exec(text) ?? /- (\d{1,9}):\d{1,9}$/.exec(text);
  const line = found ? Math.min(Number(found[1]), source.split('\n').length) : 1;
  const excerpt = /^Parse error on line \d+:\n(.{0,200})/.exec(text)?.[1] ?? source.split('\n')[line - 1] ?? '';
  const message = `Line ${line}: a {{…}} tag can't be read near "${quoted(excerpt)}". Check its quotes, brackets and names.`;
  return templateError(property, 'TEMPLATE_SYNTAX', message, { line });
}
