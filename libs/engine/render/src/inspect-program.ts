import { LIMITS } from './limits.js';
import { quoted, templateError, templateWarning } from './problems.js';
import type { TemplateProblem, TemplateProblemCode, TemplateProperty } from './problems.js';
import { valueHelper } from './value-helpers.js';

/** Blocks with one argument that a template may use. */
export const BLOCK_HELPERS = ['if', 'unless', 'each', 'with'] as const;
/** Blocks and values that only compiling writes: URL and CSS places, tracked link slots, the open pixel. */
export const INTERNAL_BLOCKS = ['hy-url', 'hy-link-url', 'hy-css'] as const;
export const INTERNAL_VALUES: Readonly<Record<string, number>> = { 'hy-link': 1, 'hy-open': 0, 'hy-braces': 0 };

const ROOTS = [
  ...['email', 'name', 'fields', 'tags', 'campaign', 'workspace', 'data', 'behaviour'],
  ...['unsubscribeUrl', 'webVersionUrl', 'preferencesUrl'],
];
const KNOWN_PARTS: Readonly<Record<string, readonly string[]>> = {
  campaign: ['name'],
  workspace: ['name', 'postalAddress'],
};
const DATA_VARIABLES = ['root', 'index', 'key', 'first', 'last'];
const FORBIDDEN_PARTS = ['__proto__', 'prototype', 'constructor', '__defineGetter__', '__lookupGetter__'];

/** Walks a syntax tree once: what a template may not do, which variables it uses, how many values and blocks it has. */
export function inspectProgram(
  program: hbs.AST.Program,
  property: TemplateProperty,
  options: { internal?: boolean; fields?: readonly string[] | undefined },
): { problems: TemplateProblem[]; variables: string[]; statements: number } {
  const inspector = new Inspector(property, options.internal === true, options.fields);
  inspector.program(program, { eachDepth: 0, ownContext: false, params: [] });
  return { problems: inspector.problems, variables: [...inspector.variables].sort(), statements: inspector.statements };
}

interface Surroundings {
  eachDepth: number;
  /** Inside `each` or `with`, where a path starts from the item and can't be checked. */
  ownContext: boolean;
  params: readonly string[];
}

class Inspector {
  readonly problems: TemplateProblem[] = [];
  readonly variables = new Set<string>();
  statements = 0;

  constructor(
    private readonly property: TemplateProperty,
    private readonly internal: boolean,
    private readonly fields: readonly string[] | undefined,
  ) {}

  program(program: hbs.AST.Program | undefined, around: Surroundings): void {
    for (const statement of program?.body ?? []) {
      const isChained = (program as { chained?: boolean } | undefined)?.chained === true;
      if (!isChained && (statement.type === 'MustacheStatement' || statement.type === 'BlockStatement'))
        this.statements += 1;
      if (statement.type === 'MustacheStatement') this.mustache(statement as hbs.AST.MustacheStatement, around);
      else if (statement.type === 'BlockStatement') this.block(statement as hbs.AST.BlockStatement, around);
      else if (statement.type !== 'ContentStatement' && statement.type !== 'CommentStatement') {
        this.error(statement, 'TEMPLATE_PARTIAL', `${statement.type} can't be used. Paste its content instead.`);
      }
    }
  }

  private mustache(statement: hbs.AST.MustacheStatement, around: Surroundings): void {
    if (statement.escaped === false) {
      this.error(statement, 'TEMPLATE_UNESCAPED', 'unescaped output is not possible. Write it with two braces: {{ }}.');
    }
    this.call(statement, around, 0);
  }

  private block(statement: hbs.AST.BlockStatement, around: Surroundings): void {
    const name = statement.path.original;
    const isInternal = this.internal && (INTERNAL_BLOCKS as readonly string[]).includes(name);
    if (!isInternal && !(BLOCK_HELPERS as readonly string[]).includes(name)) {
      const remedy = valueHelper(name)
        ? `{{#${name}}} is not a block. Write {{#if (${name} …)}}.`
        : `there is no block {{#${quoted(name)}}}. Use if, unless, each or with.`;
      this.error(statement, 'TEMPLATE_UNKNOWN_HELPER', remedy, { name: quoted(name) });
      return;
    }
    this.noHash(statement, name);
    const wanted = isInternal ? 0 : 1;
    if (statement.params.length !== wanted) {
      this.error(statement, 'TEMPLATE_HELPER_ARGUMENTS', `{{#${name}}} needs ${wanted} argument.`, { name });
    }
    for (const parameter of statement.params) this.expression(parameter, around, 1);
    const eachDepth = around.eachDepth + (name === 'each' ? 1 : 0);
    if (eachDepth > LIMITS.eachDepth) {
      const message = `{{#each}} may be nested at most ${LIMITS.eachDepth} deep.`;
      this.error(statement, 'TEMPLATE_TOO_DEEP', message, { limit: LIMITS.eachDepth });
      return;
    }
    const ownContext = around.ownContext || name === 'each' || name === 'with';
    const params = [...around.params, ...(statement.program?.blockParams ?? [])];
    this.program(statement.program, { eachDepth, ownContext, params });
    this.program(statement.inverse, around);
  }

  /** `{{path}}`, `{{helper a b}}` and `(helper a b)` share one shape. */
  private call(node: hbs.AST.MustacheStatement | hbs.AST.SubExpression, around: Surroundings, depth: number): void {
    const path = node.path as hbs.AST.PathExpression;
    if (path.type !== 'PathExpression') return;
    const name = path.original;
    const isCall = node.params.length > 0 || node.hash !== undefined || node.type === 'SubExpression';
    const helper = path.depth === 0 && !path.data ? valueHelper(name) : null;
    const internalArity = this.internal && Object.hasOwn(INTERNAL_VALUES, name) ? INTERNAL_VALUES[name] : undefined;
    if (internalArity !== undefined) {
      if (node.params.length !== internalArity) this.error(node, 'TEMPLATE_HELPER_ARGUMENTS', `${name} is malformed.`);
      return;
    }
    if (name.startsWith('hy-')) {
      this.error(
        node,
        'TEMPLATE_FORBIDDEN_PATH',
        `"${quoted(name)}": names that begin with hy- are reserved. Rename it.`,
      );
      return;
    }
    if (!helper) {
      if (isCall) {
        const message = `there is no helper "${quoted(name)}". Check its spelling, or write {{fields.…}} for a contact field.`;
        this.error(node, 'TEMPLATE_UNKNOWN_HELPER', message, { name: quoted(name) });
      } else this.path(path, around);
      return;
    }
    this.noHash(node, name);
    if (node.params.length < helper.min || node.params.length > helper.max) {
      const count = helper.min === helper.max ? `${helper.min}` : `${helper.min} to ${helper.max}`;
      const message = `${name} needs ${count} argument(s) and has ${node.params.length}.`;
      this.error(node, 'TEMPLATE_HELPER_ARGUMENTS', message, { name });
    }
    for (const parameter of node.params) this.expression(parameter, around, depth + 1);
  }

  private expression(expression: hbs.AST.Expression, around: Surroundings, depth: number): void {
    if (depth > LIMITS.expressionDepth) {
      this.error(expression, 'TEMPLATE_TOO_DEEP', `parentheses may be nested at most ${LIMITS.expressionDepth} deep.`);
    } else if (expression.type === 'SubExpression') this.call(expression as hbs.AST.SubExpression, around, depth);
    else if (expression.type === 'PathExpression') this.path(expression as hbs.AST.PathExpression, around);
  }

  private path(path: hbs.AST.PathExpression, around: Surroundings): void {
    const parts = path.parts;
    const shown = quoted(path.original);
    if (parts.some((part) => FORBIDDEN_PARTS.includes(part))) {
      this.error(path, 'TEMPLATE_FORBIDDEN_PATH', `"${shown}" is not a value a template may read. Remove it.`);
      return;
    }
    if (path.data) {
      if (path.depth > 0 || !DATA_VARIABLES.includes(parts[0] ?? '')) {
        const message = `"${shown}" does not exist. There are @index, @key, @first, @last and @root.`;
        this.error(path, 'TEMPLATE_FORBIDDEN_PATH', message);
      } else if (parts[0] === 'root') this.rootPath(path, parts.slice(1));
      return;
    }
    if (!around.ownContext && !around.params.includes(parts[0] ?? '')) this.rootPath(path, parts);
  }

  private rootPath(path: hbs.AST.PathExpression, parts: readonly string[]): void {
    const [root, second] = parts;
    if (root === undefined) return;
    const known = KNOWN_PARTS[root];
    const isKnown = ROOTS.includes(root) && !(Object.hasOwn(KNOWN_PARTS, root) && second && !known?.includes(second));
    const line = path.loc.start.line;
    const name = quoted(parts.join('.'));
    if (isKnown) {
      this.variables.add(parts.join('.'));
      if (root === 'fields' && second !== undefined && this.fields?.includes(second) === false) {
        const message = `Line ${line}: there is no contact field "${quoted(second)}", so it stays empty. Create it, or check the name.`;
        const params = { name: quoted(second) };
        this.problems.push(templateWarning(this.property, 'TEMPLATE_UNKNOWN_FIELD', message, { line, params }));
      }
      return;
    }
    const remedy = parts.length === 1 ? `Did you mean {{fields.${name}}}?` : 'See the list of merge variables.';
    const message = `Line ${line}: "${name}" is not a merge variable and will stay empty. ${remedy}`;
    this.problems.push(
      templateWarning(this.property, 'TEMPLATE_UNKNOWN_VARIABLE', message, { line, params: { name } }),
    );
  }

  private noHash(node: { hash?: hbs.AST.Hash; loc: hbs.AST.SourceLocation; type: string }, name: string): void {
    const pair = node.hash?.pairs[0];
    if (!pair) return;
    const message = `${quoted(name)} takes no named arguments. Remove "${quoted(pair.key)}=…".`;
    this.error(node, 'TEMPLATE_HELPER_ARGUMENTS', message, { name: quoted(name) });
  }

  private error(
    node: { loc: hbs.AST.SourceLocation },
    code: TemplateProblemCode,
    message: string,
    params?: Record<string, string | number>,
  ): void {
    const line = node.loc.start.line;
    this.problems.push(templateError(this.property, code, `Line ${line}: ${message}`, { line, params }));
  }
}
