import { cleanCss, cleanLine, escapeHtml, safeUrl, urlPart } from './escape.js';
import { LIMITS, RenderError } from './limits.js';
import { addParameters } from './link-parameters.js';
import type { LinkParameters } from './link-parameters.js';
import { readData, readPath } from './render-run.js';
import type { RenderRun, Frame } from './render-run.js';
import { isTrue, textOf, valueHelper } from './value-helpers.js';

/** Where output goes, which decides how a value is written there. `html` also serves quoted attribute values. */
export type Mode = 'html' | 'text' | 'url' | 'css';

/** One step of a compiled template: writes to the run. */
export type Operation = (run: RenderRun) => void;
type Evaluate = (run: RenderRun) => unknown;

/** What is known while compiling: the mode, and the block parameters of each enclosing `each` or `with`. */
interface CompileScope {
  mode: Mode;
  frames: ReadonlyArray<readonly string[]>;
  linkParameters: LinkParameters;
}

/** One piece of a template: text that is the same for everybody, or an operation. */
export type Piece = string | Operation;

/**
 * Turns a checked syntax tree into pieces. An evaluator of our own, and not Handlebars' generated code, because it can
 * count steps and output, knows the place it writes to, and has no code generation or prototype to reach.
 */
export function compilePieces(program: hbs.AST.Program, mode: Mode, linkParameters: LinkParameters = []): Piece[] {
  return pieces(program, { mode, frames: [], linkParameters });
}

function pieces(program: hbs.AST.Program | undefined, scope: CompileScope): Piece[] {
  const result: Piece[] = [];
  for (const statement of program?.body ?? []) {
    if (statement.type === 'ContentStatement') {
      const { value } = statement as hbs.AST.ContentStatement;
      const last = result.length - 1;
      if (value === '') continue;
      if (typeof result[last] === 'string') result[last] += value;
      else result.push(value);
    } else if (statement.type === 'MustacheStatement') {
      result.push(mustache(statement as hbs.AST.MustacheStatement, scope));
    } else if (statement.type === 'BlockStatement') {
      result.push(block(statement as hbs.AST.BlockStatement, scope));
    }
  }
  return result;
}

/** Writes text that is already right for its place. @throws RenderError `RENDER_TOO_LARGE` past the limit. */
export function emit(run: RenderRun, text: string): void {
  run.out += text;
  if (run.out.length > LIMITS.outputLength) {
    throw new RenderError('RENDER_TOO_LARGE', `The rendered mail is larger than ${LIMITS.outputLength} characters.`);
  }
}

function countStep(run: RenderRun): void {
  run.steps += 1;
  if (run.steps > LIMITS.renderSteps) {
    throw new RenderError(
      'RENDER_TOO_LARGE',
      `The mail needs more than ${LIMITS.renderSteps} values; shorten its lists.`,
    );
  }
}

function sequence(program: hbs.AST.Program | undefined, scope: CompileScope): Operation {
  const steps = pieces(program, scope);
  return (run) => {
    for (const step of steps) {
      if (typeof step === 'string') emit(run, step);
      else step(run);
    }
  };
}

function writeValue(run: RenderRun, value: unknown, mode: Mode): void {
  countStep(run);
  const text = textOf(value);
  if (text.length > LIMITS.valueLength) {
    throw new RenderError('RENDER_TOO_LARGE', `One value is longer than ${LIMITS.valueLength} characters.`);
  }
  if (mode === 'html') emit(run, escapeHtml(text));
  else if (mode === 'text') emit(run, cleanLine(text));
  else if (mode === 'css') emit(run, cleanCss(text));
  else emit(run, urlPart(text, run.out));
}

function mustache(statement: hbs.AST.MustacheStatement, scope: CompileScope): Operation {
  const name = (statement.path as hbs.AST.PathExpression).original;
  const { mode } = scope;
  if (name === 'hy-link') {
    const index = (statement.params[0] as hbs.AST.NumberLiteral).value;
    return (run) => emit(run, mode === 'html' ? escapeHtml(run.urls.link(index)) : cleanLine(run.urls.link(index)));
  }
  if (name === 'hy-open') return (run) => emit(run, run.urls.open === null ? '' : pixel(run.urls.open));
  if (name === 'hy-braces') return (run) => emit(run, '{{');
  const evaluate = expression(statement, scope);
  return (run) => writeValue(run, evaluate(run), mode);
}

function pixel(url: string): string {
  return `<img src="${escapeHtml(url)}" width="1" height="1" alt="" style="display:block;width:1px;height:1px;border:0;">`;
}

function block(statement: hbs.AST.BlockStatement, scope: CompileScope): Operation {
  const name = statement.path.original;
  if (name === 'hy-url') return urlBlock(statement, scope, []);
  if (name === 'hy-link-url') return urlBlock(statement, scope, scope.linkParameters);
  if (name === 'hy-css')
    return sequence(statement.program, { ...scope, mode: scope.mode === 'html' ? 'css' : scope.mode });
  const subject = statement.params[0];
  if (!subject) throw new RenderError('CONTENT_INVALID', `The block ${name} has no argument.`);
  const evaluate = expression(subject, scope);
  if (name === 'each') return eachBlock(statement, evaluate, scope);
  if (name === 'with') return withBlock(statement, evaluate, scope);
  const wanted = name === 'if';
  const whenTrue = sequence(statement.program, scope);
  const whenFalse = sequence(statement.inverse, scope);
  return (run) => {
    countStep(run);
    if (isTrue(evaluate(run)) === wanted) whenTrue(run);
    else whenFalse(run);
  };
}

/** Renders its content apart as one URL, so that what the data made of it can be judged and added to as a whole. */
function urlBlock(statement: hbs.AST.BlockStatement, scope: CompileScope, parameters: LinkParameters): Operation {
  const inner = sequence(statement.program, { ...scope, mode: 'url' });
  return (run) => {
    const before = run.out;
    run.out = '';
    inner(run);
    const url = addParameters(safeUrl(run.out) ?? '#', parameters);
    run.out = before;
    emit(run, scope.mode === 'html' ? escapeHtml(url) : cleanLine(url));
  };
}

/** Runs the operation with another context, as `each` and `with` do. */
function inFrame(run: RenderRun, frame: Frame, operation: Operation): void {
  const outer = run.frame;
  run.frame = frame;
  operation(run);
  run.frame = outer;
}

function withBlock(statement: hbs.AST.BlockStatement, evaluate: Evaluate, scope: CompileScope): Operation {
  const params = statement.program?.blockParams ?? [];
  const body = sequence(statement.program, { ...scope, frames: [...scope.frames, params] });
  const otherwise = sequence(statement.inverse, scope);
  return (run) => {
    countStep(run);
    const context = evaluate(run);
    // As in Handlebars: unlike for `if`, zero is a value.
    if (!isTrue(context) && context !== 0) otherwise(run);
    else inFrame(run, { context, parent: run.frame, variables: null, params: [context] }, body);
  };
}

function tooManyItems(): RenderError {
  return new RenderError('RENDER_TOO_LARGE', `A list has more than ${LIMITS.eachItems} items; shorten it.`);
}

function eachBlock(statement: hbs.AST.BlockStatement, evaluate: Evaluate, scope: CompileScope): Operation {
  const params = statement.program?.blockParams ?? [];
  const body = sequence(statement.program, { ...scope, frames: [...scope.frames, params] });
  const otherwise = sequence(statement.inverse, scope);
  return (run) => {
    const list = evaluate(run);
    if (Array.isArray(list) && list.length > LIMITS.eachItems) throw tooManyItems();
    const isList = typeof list === 'object' && list !== null;
    const entries: Array<[string | number, unknown]> = Array.isArray(list)
      ? list.map((item, index) => [index, item])
      : Object.entries(isList ? list : {});
    if (entries.length > LIMITS.eachItems) throw tooManyItems();
    if (entries.length === 0) return otherwise(run);
    entries.forEach(([key, item], index) => {
      countStep(run);
      const variables = { index, key, first: index === 0, last: index === entries.length - 1 };
      inFrame(run, { context: item, parent: run.frame, variables, params: [item, key] }, body);
    });
  };
}

/** An expression, also the one a `{{…}}` statement consists of. */
function expression(node: hbs.AST.Expression, scope: CompileScope): Evaluate {
  if (node.type === 'PathExpression') return pathExpression(node as hbs.AST.PathExpression, scope);
  if (node.type === 'UndefinedLiteral' || node.type === 'NullLiteral') return () => null;
  if (node.type !== 'MustacheStatement' && node.type !== 'SubExpression') {
    const { value } = node as hbs.AST.StringLiteral;
    return () => value;
  }
  const call = node as hbs.AST.SubExpression;
  if (call.path.type !== 'PathExpression') return expression(call.path, scope);
  const path = call.path;
  const helper = path.depth === 0 && !path.data ? valueHelper(path.original) : null;
  if (!helper) return pathExpression(path, scope);
  const args = call.params.map((parameter) => expression(parameter, scope));
  return (run) => {
    countStep(run);
    return helper.apply(args.map((evaluate) => evaluate(run)));
  };
}

function pathExpression(path: hbs.AST.PathExpression, scope: CompileScope): Evaluate {
  const { parts, depth } = path;
  if (path.data) return (run) => readData(run, parts);
  // `this.x` and `./x` are never a block parameter.
  const isScoped = /^\.|^this\b/.test(path.original);
  if (depth === 0 && !isScoped && parts[0] !== undefined) {
    for (let up = 0; up < scope.frames.length; up += 1) {
      const at = scope.frames[scope.frames.length - 1 - up]?.indexOf(parts[0]) ?? -1;
      if (at !== -1) return (run) => readPath(frameAbove(run.frame, up)?.params[at], parts, 1);
    }
  }
  return (run) => readPath(frameAbove(run.frame, depth)?.context, parts, 0);
}

function frameAbove(frame: Frame | null, steps: number): Frame | null {
  let found = frame;
  for (let step = 0; step < steps && found; step += 1) found = found.parent;
  return found;
}
