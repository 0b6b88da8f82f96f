import { LIMITS } from './limits.js';
import { lineCounter, quoted, templateError } from './problems.js';
import type { TemplateProblem, TemplateProperty } from './problems.js';

/** What a `{{…}}` tag is, by its first characters. */
export type TemplateTagKind = 'value' | 'open' | 'else' | 'close' | 'comment' | 'unescaped' | 'partial' | 'decorator';

/** One `{{…}}` tag: `source.slice(start, end)` is the tag with its braces. */
export interface TemplateTag {
  start: number;
  end: number;
  kind: TemplateTagKind;
  /** The first word inside: the block's or helper's name, or the path. */
  name: string;
}

/**
 * Finds the `{{…}}` tags of a source by the rules of Handlebars' own lexer (backslash escapes, strings, `[segments]`,
 * both comment forms) and checks that blocks close. It runs before Handlebars' parser, which would need seconds for a
 * deeply nested source and reports an open block only as "got EOF" on the last line.
 */
export function scanTemplateTags(
  source: string,
  property: TemplateProperty,
  most: number = LIMITS.tags,
): { tags: TemplateTag[]; problems: TemplateProblem[] } {
  const lineOf = lineCounter(source);
  const tags: TemplateTag[] = [];
  const fail = (at: number, message: string): { tags: TemplateTag[]; problems: TemplateProblem[] } => {
    const line = lineOf(at);
    return { tags, problems: [templateError(property, 'TEMPLATE_SYNTAX', `Line ${line}: ${message}`, { line })] };
  };
  let position = 0;
  let escapes = 0;
  for (;;) {
    const start = source.indexOf('{{', position);
    if (start === -1) break;
    if (tags.length + escapes >= most) return tooMany(property, tags, most);
    if (isEscaped(source, start, position)) {
      escapes += 1;
      position = start + 2;
      continue;
    }
    const tag = readTag(source, start);
    if (!tag) {
      return fail(
        start,
        `the tag "${quoted(source.slice(start, start + 60))}" is never closed. End it with }} and close every quote inside it.`,
      );
    }
    if (tag.kind !== 'comment' && tag.end - tag.start > LIMITS.tagLength) {
      return fail(start, `one {{…}} tag may be at most ${LIMITS.tagLength} characters long. Shorten it.`);
    }
    if (tag.kind !== 'comment' && tag.kind !== 'unescaped' && source[tag.end] === '}') {
      // As in CSS: "p{color:{{fields.color}}}"; Handlebars would read the three braces as one.
      return fail(start, 'a tag is followed by another }. Put a space between them.');
    }
    tags.push(tag);
    position = tag.end;
  }
  return { tags, problems: checkBlocks(tags, property, lineOf) };
}

/** `\{{` is literal text for Handlebars, `\\{{` is a backslash before a tag; what stands before `from` is not looked at. */
function isEscaped(source: string, start: number, from: number): boolean {
  return start > from && source[start - 1] === '\\' && !(start - 1 > from && source[start - 2] === '\\');
}

function tooMany(
  property: TemplateProperty,
  tags: TemplateTag[],
  most: number,
): { tags: TemplateTag[]; problems: TemplateProblem[] } {
  const message = `The ${property} has more than ${most} {{…}} tags. Use an {{#each}} block or split the mail.`;
  return { tags, problems: [templateError(property, 'TEMPLATE_TOO_LARGE', message, { params: { limit: most } })] };
}

function readTag(source: string, start: number): TemplateTag | null {
  let inner = start + 2;
  if (source[inner] === '{') return closeUnescaped(source, start);
  if (source[inner] === '~') inner += 1;
  const sigil = source[inner] ?? '';
  if (sigil === '!') return readComment(source, start, inner);
  const end = endOfExpression(source, inner);
  if (end === -1) return null;
  const body = source.slice(inner, end);
  const name = /^[#/^&>*\s]*([^\s(){}|~"'=]*)/.exec(body.slice(0, LIMITS.tagLength))?.[1] ?? '';
  return { start, end: end + 2, kind: kindOf(sigil, body, name), name };
}

function kindOf(sigil: string, body: string, name: string): TemplateTagKind {
  if (sigil === '&') return 'unescaped';
  if (sigil === '>' || /^#\s*>/.test(body.slice(0, 20))) return 'partial';
  if (sigil === '*' || /^#\s*\*/.test(body.slice(0, 20))) return 'decorator';
  if (sigil === '#') return 'open';
  if (sigil === '/') return 'close';
  if (sigil === '^') return name === '' ? 'else' : 'open';
  return name === 'else' ? 'else' : 'value';
}

function closeUnescaped(source: string, start: number): TemplateTag | null {
  const end = source.indexOf('}}', start);
  if (end === -1) return null;
  let after = end + 2;
  while (source[after] === '}') after += 1;
  return { start, end: after, kind: 'unescaped', name: '' };
}

function readComment(source: string, start: number, bang: number): TemplateTag | null {
  const long = source.startsWith('!--', bang);
  let end = -1;
  if (long) {
    for (let at = source.indexOf('--', bang + 1); at !== -1 && end === -1; at = source.indexOf('--', at + 1)) {
      if (source.startsWith('--}}', at)) end = at + 4;
      else if (source.startsWith('--~}}', at)) end = at + 5;
    }
  } else {
    const close = source.indexOf('}}', bang);
    if (close !== -1) end = close + 2;
  }
  return end === -1 ? null : { start, end, kind: 'comment', name: '' };
}

/** Offset of the `}}` that ends the expression, strings and `[segments]` skipped, or -1. */
function endOfExpression(source: string, from: number): number {
  const limit = Math.min(source.length, from + LIMITS.tagLength + 10);
  for (let at = from; at < limit; at += 1) {
    const char = source[at];
    if (char === '}' && source[at + 1] === '}') return at;
    if (char === '"' || char === "'") at = closingQuote(source, at, char, limit);
    else if (char === '[') at = closingQuote(source, at, ']', limit);
    if (at === -1) return -1;
  }
  return -1;
}

function closingQuote(source: string, from: number, quote: string, limit: number): number {
  for (let at = from + 1; at < limit; at += 1) {
    if (source[at] === '\\' && source[at + 1] === quote) at += 1;
    else if (source[at] === quote) return at;
  }
  // -1 makes the caller report the tag as never closed.
  return -1;
}

function checkBlocks(
  tags: readonly TemplateTag[],
  property: TemplateProperty,
  lineOf: (offset: number) => number,
): TemplateProblem[] {
  const open: TemplateTag[] = [];
  const elseBranches = new Map<TemplateTag, number>();
  const fail = (
    tag: TemplateTag,
    message: string,
    code: 'TEMPLATE_SYNTAX' | 'TEMPLATE_TOO_DEEP' = 'TEMPLATE_SYNTAX',
  ) => {
    const line = lineOf(tag.start);
    return [templateError(property, code, `Line ${line}: ${message}`, { line, params: { name: quoted(tag.name) } })];
  };
  for (const tag of tags) {
    const last = open.at(-1);
    if (tag.kind === 'open') {
      open.push(tag);
      if (open.length > LIMITS.blockDepth) {
        return fail(tag, `blocks may be nested at most ${LIMITS.blockDepth} deep.`, 'TEMPLATE_TOO_DEEP');
      }
    } else if (tag.kind === 'else' && last) {
      const branches = (elseBranches.get(last) ?? 0) + 1;
      elseBranches.set(last, branches);
      if (branches > LIMITS.elseBranches) {
        return fail(tag, `a block may have at most ${LIMITS.elseBranches} {{else if}} branches.`, 'TEMPLATE_TOO_DEEP');
      }
    } else if (tag.kind === 'else') {
      return fail(tag, '{{else}} stands outside any block. Put it between {{#if …}} and {{/if}}.');
    } else if (tag.kind === 'close') {
      if (!last) return fail(tag, `{{/${quoted(tag.name)}}} closes a block that was never opened. Remove it.`);
      if (last.name !== tag.name) {
        return fail(
          tag,
          `{{/${quoted(tag.name)}}} stands where {{/${quoted(last.name)}}} is needed, for the block opened on line ${lineOf(last.start)}.`,
        );
      }
      open.pop();
    }
  }
  const unclosed = open.at(-1);
  if (!unclosed) return [];
  const name = quoted(unclosed.name);
  return fail(unclosed, `the block {{#${name} …}} is never closed. Add {{/${name}}} where it should end.`);
}
