import { decodeEntities } from './escape.js';
import type { HtmlAttribute, HtmlScan, HtmlTag } from './html-scan.js';
import { LIMITS } from './limits.js';
import { lineCounter, quoted, templateError, templateWarning } from './problems.js';
import type { TemplateProblem, TemplateProperty } from './problems.js';

/** Elements without an end tag, or whose end tag HTML lets one leave out. */
const NOT_NESTING = new Set(
  'area base br col embed hr img input link meta param source track wbr p li td th tr dt dd option thead tbody tfoot'.split(
    ' ',
  ),
);
/** Elements every large mail program removes. */
const UNSUPPORTED = new Set('script iframe object embed applet form frame frameset base'.split(' '));
const IMAGES = new Set(['img', 'mj-image']);
const LINKS = new Set(['a', 'area', 'mj-button', 'mj-image', 'mj-social-element', 'mj-navbar-link', 'mj-hero']);

/** What a link's address is, as far as its fixed text says. */
export type LinkKind = 'tracked' | 'kept' | 'empty' | 'relative' | 'unusual' | 'forbidden';

/** Judges the address of a link; `url` has its entities decoded and may hold `{{…}}` tags. */
export function linkKind(url: string): LinkKind {
  // Browsers ignore these inside a scheme: "java\tscript:" is a script.
  const clean = url.replace(/[\u0000-\u0020\u007f-\u009f]+/g, '').toLowerCase();
  if (clean === '' || clean === '#') return 'empty';
  if (clean.startsWith('#') || /^(?:mailto|tel|sms):/.test(clean)) return 'kept';
  // Such a link is the recipient's own already, and its address is not known at click time.
  if (/\{\{[^}]{0,300}(?:unsubscribeurl|webversionurl|preferencesurl)/.test(clean)) return 'kept';
  if (/^https?:\/\//.test(clean) || clean.startsWith('{{')) return 'tracked';
  const scheme = /^([a-z][a-z0-9+.-]{0,30}):/.exec(clean)?.[1];
  if (scheme === undefined) return 'relative';
  return /^(?:javascript|vbscript|data|file|blob|livescript|mocha)$/.test(scheme) ? 'forbidden' : 'unusual';
}

/** The attribute of that name; the first one, which is what browsers use. */
export function attributeOf(tag: HtmlTag, name: string): HtmlAttribute | undefined {
  return tag.attributes.find((attribute) => attribute.name === name);
}

/** Reports links, images and elements of the user's HTML or MJML that mail programs refuse or show badly. */
export function checkHtml(source: string, scan: HtmlScan, property: TemplateProperty): TemplateProblem[] {
  const tooMuch = checkStructure(source, scan, property);
  if (tooMuch) return [tooMuch];
  const lineOf = lineCounter(source);
  const problems: TemplateProblem[] = [];
  for (const tag of scan.tags) {
    if (tag.closing) continue;
    const line = lineOf(tag.start);
    if (UNSUPPORTED.has(tag.name)) {
      const message = `Line ${line}: <${tag.name}> has no effect in a mail. Remove it.`;
      problems.push(templateWarning(property, 'ELEMENT_UNSUPPORTED', message, { line, params: { element: tag.name } }));
    }
    if (LINKS.has(tag.name) || tag.name.startsWith('v:')) problems.push(...checkLink(tag, line, property));
    if (IMAGES.has(tag.name)) problems.push(...checkImage(tag, line, property));
  }
  return problems;
}

function checkStructure(source: string, scan: HtmlScan, property: TemplateProperty): TemplateProblem | null {
  const most = property === 'mjml' ? LIMITS.mjmlElements : LIMITS.elements;
  let count = 0;
  let depth = 0;
  for (const tag of scan.tags) {
    if (!tag.closing) count += 1;
    if (count > most || tag.attributes.length > LIMITS.attributes) {
      const message = `The ${property} has more than ${most} elements, or ${LIMITS.attributes} attributes in one. Shorten it.`;
      return templateError(property, 'TEMPLATE_TOO_LARGE', message, { params: { limit: most } });
    }
    const selfClosed = source.slice(tag.end - 2, tag.end) === '/>';
    if (NOT_NESTING.has(tag.name) || selfClosed) continue;
    depth = Math.max(0, depth + (tag.closing ? -1 : 1));
    if (depth > LIMITS.elementDepth) {
      const line = lineCounter(source)(tag.start);
      const message = `Line ${line}: elements are nested more than ${LIMITS.elementDepth} deep. Close the open ones.`;
      return templateError(property, 'TEMPLATE_TOO_DEEP', message, { line, params: { limit: LIMITS.elementDepth } });
    }
  }
  return null;
}

function checkLink(tag: HtmlTag, line: number, property: TemplateProperty): TemplateProblem[] {
  const attribute = attributeOf(tag, 'href');
  if (!attribute || attribute.value === null) return [];
  const url = decodeEntities(attribute.value);
  const params = { url: quoted(url) };
  if (url.length > LIMITS.linkLength) {
    const message = `Line ${line}: a link is longer than ${LIMITS.linkLength} characters. Shorten it.`;
    return [templateError(property, 'TEMPLATE_TOO_LARGE', message, { line, params: { limit: LIMITS.linkLength } })];
  }
  switch (linkKind(url)) {
    case 'forbidden': {
      const message = `Line ${line}: the link "${params.url}" would run code or read a file. Use http, https, mailto or tel.`;
      return [templateError(property, 'LINK_SCHEME', message, { line, params })];
    }
    case 'unusual': {
      const message = `Line ${line}: the link "${params.url}" has a scheme that many mail programs refuse. Prefer https.`;
      return [templateWarning(property, 'LINK_UNUSUAL_SCHEME', message, { line, params })];
    }
    case 'relative': {
      const message = `Line ${line}: the link "${params.url}" is relative and leads nowhere in a mail. Begin it with https://.`;
      return [templateWarning(property, 'LINK_RELATIVE', message, { line, params })];
    }
    case 'empty': {
      const message = `Line ${line}: a link has no address. Enter one that begins with https://.`;
      return [templateWarning(property, 'LINK_EMPTY', message, { line })];
    }
    case 'kept':
    case 'tracked':
      return [];
  }
}

function checkImage(tag: HtmlTag, line: number, property: TemplateProperty): TemplateProblem[] {
  const problems: TemplateProblem[] = [];
  const source = decodeEntities(attributeOf(tag, 'src')?.value ?? '').trim();
  const params = { url: quoted(source) };
  if (!attributeOf(tag, 'alt')) {
    const message = `Line ${line}: the image "${params.url}" has no alt text. Describe it, or write alt="" for decoration.`;
    problems.push(templateWarning(property, 'IMAGE_ALT_MISSING', message, { line, params }));
  }
  if (!/^(?:https?:\/\/|cid:|\{\{)/i.test(source)) {
    const message = `Line ${line}: the image "${params.url}" will not be shown. Use an address that begins with https://.`;
    problems.push(templateWarning(property, 'IMAGE_SOURCE', message, { line, params }));
  }
  return problems;
}
