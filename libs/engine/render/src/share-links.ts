import type { CompiledContent } from './renderer.js';
import type { ContentLink } from './rewrite-html.js';

const SLOT = /\{\{hy-link (\d{1,6})\}\}/g;

/**
 * Gives the variants of one mail one table of links, so that a link has the same number whichever of them it stands in,
 * and a click needs to know nothing of variants. The first keeps its numbers.
 */
export function shareLinks(contents: readonly CompiledContent[]): CompiledContent[] {
  const table: ContentLink[] = [];
  const maps = contents.map(({ links }) => {
    const taken = new Set<number>();
    return links.map((link) => {
      // The same target twice in one mail stays two links: they are counted apart.
      let at = table.findIndex((known, index) => !taken.has(index) && isSame(known, link));
      if (at < 0) at = table.push(link) - 1;
      taken.add(at);
      return at;
    });
  });
  return contents.map((content, variant) => {
    const renumbered = (text: string) =>
      text.replace(SLOT, (_, index: string) => `{{hy-link ${maps[variant]?.[Number(index)] ?? index}}}`);
    const html = content.html === null ? null : renumbered(content.html);
    return { ...content, html, text: renumbered(content.text), links: table };
  });
}

function isSame(one: ContentLink, other: ContentLink): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
