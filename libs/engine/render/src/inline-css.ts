import juice from 'juice';
import type { HtmlScan } from './html-scan.js';
import { LIMITS } from './limits.js';
import { maskRanges } from './mask.js';
import type { ParsedTemplate } from './parse-template.js';
import { templateWarning } from './problems.js';
import type { TemplateProblem } from './problems.js';

/**
 * Copies the rules of `<style>` into style attributes, for mail programs that drop `<style>`; @media, @font-face,
 * pseudo-classes and Outlook's conditionals stay. HTML without `<style>` is returned untouched.
 */
export function inlineCss(parsed: ParsedTemplate, scan: HtmlScan): { html: string; problems: TemplateProblem[] } {
  const { source, tags } = parsed;
  const styles = scan.ranges.filter((range) => range.kind === 'style');
  if (styles.length === 0) return { html: source, problems: [] };
  const keep = (why: string): { html: string; problems: TemplateProblem[] } => ({
    html: source,
    problems: [
      templateWarning('html', 'CSS_NOT_INLINED', `The CSS of <style> was not copied into the elements: ${why}`),
    ],
  });
  const hasBlock = tags.some(
    (tag) => tag.kind !== 'value' && styles.some((style) => tag.start >= style.start && tag.end <= style.end),
  );
  if (hasBlock) return keep('a {{#…}} block stands in it. Move the block into style attributes.');
  const css = styles.map((style) => source.slice(style.start, style.end)).join('\n');
  const elements = scan.tags.filter((tag) => !tag.closing).length;
  if (inliningWork(css, elements) > LIMITS.inlineWork)
    return keep('there are too many rules and elements. Shorten the CSS.');
  const masked = maskRanges(source, tags);
  let html: string;
  try {
    html = juice(masked.text, { preserveImportant: true, inlinePseudoElements: false });
  } catch {
    return keep('it could not be read. Check its braces.');
  }
  const isLost = masked.missing(html).some((index) => !insideStyle(index));
  return isLost ? keep('a {{…}} tag would have been lost.') : { html: masked.restore(html), problems: [] };

  function insideStyle(index: number): boolean {
    const tag = tags[index];
    return tag !== undefined && styles.some((style) => tag.start >= style.start && tag.end <= style.end);
  }
}

/** What inlining a style sheet costs: every word of its selectors and every declaration, for every element. */
export function inliningWork(css: string, elements: number): number {
  let units = 0;
  for (const piece of css.split(/[{};]/)) units += 1 + Math.max(0, piece.split(/[\s,>+~:.#[]+/).length - 4);
  return units * elements;
}
