import { LIMITS } from './limits.js';

/**
 * The part of a template source a problem was found in; `footer` is the workspace's own footer, not the user's text.
 * `document` goes on with the path of the section or block, as `document.sections.0.columns.1.blocks.2`.
 */
export type TemplateProperty = 'subject' | 'preheader' | 'html' | 'mjml' | 'text' | 'footer' | `document${string}`;

/** Stable codes; the UI translates by code and `params`, `message` is the English fallback. */
export type TemplateProblemCode =
  | 'TEMPLATE_SYNTAX'
  | 'TEMPLATE_UNKNOWN_HELPER'
  | 'TEMPLATE_HELPER_ARGUMENTS'
  | 'TEMPLATE_PARTIAL'
  | 'TEMPLATE_UNESCAPED'
  | 'TEMPLATE_FORBIDDEN_PATH'
  | 'TEMPLATE_UNKNOWN_VARIABLE'
  | 'TEMPLATE_UNKNOWN_FIELD'
  | 'TEMPLATE_UNSAFE_PLACE'
  | 'TEMPLATE_UNBALANCED_BLOCK'
  | 'TEMPLATE_TOO_LARGE'
  | 'TEMPLATE_TOO_DEEP'
  | 'TEMPLATE_EMPTY'
  | 'MJML_INVALID'
  | 'MJML_WARNING'
  | 'LINK_SCHEME'
  | 'LINK_UNUSUAL_SCHEME'
  | 'LINK_RELATIVE'
  | 'LINK_EMPTY'
  | 'LINK_NOT_TRACKED'
  | 'IMAGE_ALT_MISSING'
  | 'IMAGE_SOURCE'
  | 'ELEMENT_UNSUPPORTED'
  | 'CSS_NOT_INLINED'
  | 'TEXT_NOT_GENERATED'
  | 'UNSUBSCRIBE_FOOTER_ADDED'
  | 'NO_UNSUBSCRIBE'
  | 'SIZE_NEAR_CLIPPING'
  | 'SIZE_CLIPPED'
  | 'DOCUMENT_INVALID'
  | 'PICTURE_MISSING'
  | 'BLOCK_EMPTY'
  | 'CONDITION_TOO_LONG'
  | 'SAVED_BLOCK_MISSING'
  | 'SAVED_BLOCK_MISPLACED'
  | 'HTML_REMOVED';

/** One finding about a template. Errors keep it from being compiled; warnings do not. */
export interface TemplateProblem {
  severity: 'error' | 'warning';
  property: TemplateProperty;
  /** The section or block of a document. */
  blockId?: string;
  /** 1-based line in the user's own source of that property. */
  line?: number;
  code: TemplateProblemCode;
  /** English; names the place and the remedy. */
  message: string;
  params?: Record<string, string | number>;
}

type Details = Pick<TemplateProblem, 'line' | 'params'>;

/** An error: the template can't be compiled until it is fixed. */
export function templateError(
  property: TemplateProperty,
  code: TemplateProblemCode,
  message: string,
  details: Details = {},
): TemplateProblem {
  return { severity: 'error', property, code, message, ...details };
}

/** A warning: the mail can be sent as it is. */
export function templateWarning(
  property: TemplateProperty,
  code: TemplateProblemCode,
  message: string,
  details: Details = {},
): TemplateProblem {
  return { severity: 'warning', property, code, message, ...details };
}

/** True if any of the problems is an error. */
export function hasError(problems: readonly TemplateProblem[]): boolean {
  return problems.some((found) => found.severity === 'error');
}

/** Someone's text inside a message, shortened so that a hostile template can't blow up the answer. */
export function quoted(text: string): string {
  const oneLine = text.slice(0, 200).replace(/\s+/g, ' ');
  return oneLine.length > 60 ? `${oneLine.slice(0, 57)}…` : oneLine;
}

/** Answers line numbers for offsets of one text in O(log n). */
export function lineCounter(source: string): (offset: number) => number {
  const starts: number[] = [0];
  for (let at = source.indexOf('\n'); at !== -1; at = source.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  };
}

/** Errors first, and no more than anyone reads: a template can have a warning for each of its elements. */
export function mostImportant(problems: readonly TemplateProblem[]): TemplateProblem[] {
  const ordered = [...problems].sort((one, other) => one.severity.localeCompare(other.severity));
  return ordered.slice(0, LIMITS.problems);
}
