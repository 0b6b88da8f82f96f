import { parseTemplate } from './parse-template.js';
import type { TemplateProperty } from './problems.js';
import type { CompiledContent } from './renderer.js';

/**
 * Merge paths of contacts (`name`, `fields.…`) whose absence leaves a hole in the mail: written out without a default,
 * and not inside a block that only shows where they are.
 */
export function neededVariables(content: Pick<CompiledContent, 'subject' | 'preheader' | 'html' | 'text'>): string[] {
  const found = new Set<string>();
  const part = (source: string | null, property: TemplateProperty) => {
    const { parsed } = parseTemplate(source ?? '', property, { internal: true });
    if (parsed) visit(parsed.program, new Set(), found);
  };
  part(content.subject, 'subject');
  part(content.preheader, 'preheader');
  part(content.html, 'html');
  // The text part says what the HTML says; where there is HTML it adds nothing.
  if (content.html === null) part(content.text, 'text');
  return [...found].sort();
}

type Node = hbs.AST.MustacheStatement | hbs.AST.SubExpression | hbs.AST.BlockStatement;

function visit(program: hbs.AST.Program | undefined, guarded: ReadonlySet<string>, found: Set<string>): void {
  for (const statement of program?.body ?? []) {
    if (statement.type === 'MustacheStatement') written(statement as hbs.AST.MustacheStatement, guarded, found);
    if (statement.type === 'BlockStatement') block(statement as hbs.AST.BlockStatement, guarded, found);
  }
}

function block(statement: hbs.AST.BlockStatement, guarded: ReadonlySet<string>, found: Set<string>): void {
  const name = statement.path.original;
  const asked = pathsIn(statement);
  const shown = new Set([...guarded, ...asked]);
  // What `unless` shows, and what stands after an `else`, is there where the path is empty.
  visit(statement.program, name === 'unless' ? guarded : shown, found);
  visit(statement.inverse, name === 'unless' ? shown : guarded, found);
}

function written(node: Node, guarded: ReadonlySet<string>, found: Set<string>): void {
  const path = node.path as hbs.AST.PathExpression;
  if (path.type !== 'PathExpression') return;
  if (node.params.length === 0) return note(path, guarded, found);
  if (path.original === 'default') return;
  for (const parameter of node.params) {
    if (parameter.type === 'SubExpression') written(parameter as hbs.AST.SubExpression, guarded, found);
    else if (parameter.type === 'PathExpression') note(parameter as hbs.AST.PathExpression, guarded, found);
  }
}

function note({ parts, depth, data }: hbs.AST.PathExpression, guarded: ReadonlySet<string>, found: Set<string>): void {
  const name = parts.join('.');
  const ofContact = name === 'name' || (parts[0] === 'fields' && parts.length === 2);
  if (ofContact && depth === 0 && !data && !guarded.has(name)) found.add(name);
}

/** Every path in the arguments of a block. */
function pathsIn(node: Pick<Node, 'params'>): string[] {
  return node.params.flatMap((parameter) => {
    if (parameter.type === 'SubExpression') return pathsIn(parameter as hbs.AST.SubExpression);
    return parameter.type === 'PathExpression' ? [(parameter as hbs.AST.PathExpression).parts.join('.')] : [];
  });
}
