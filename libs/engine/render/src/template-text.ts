import { escapeAroundTags } from './escape.js';
import { maskRanges } from './mask.js';
import { scanTemplateTags } from './template-tags.js';

/** A template's fixed text escaped for HTML content or a quoted attribute value, with its `{{…}}` tags intact. */
export function escapeTemplate(source: string): string {
  return source.includes('{{') ? escapeAroundTags(source, tagsOf(source)) : escapeAroundTags(source, []);
}

/** Lets `change` work on a template whose `{{…}}` tags are hidden behind words, and puts them back. */
export function withTagsHidden(source: string, change: (text: string) => string): string {
  const masked = maskRanges(source, tagsOf(source));
  return masked.restore(change(masked.text));
}

/** What is wrong with the tags is told where the whole is compiled. */
function tagsOf(source: string) {
  return scanTemplateTags(source, 'html').tags;
}
