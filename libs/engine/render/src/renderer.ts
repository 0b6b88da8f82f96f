import { cleanLine, safeUrl } from './escape.js';
import { LIMITS, RenderError } from './limits.js';
import { addParameters } from './link-parameters.js';
import type { LinkParameters } from './link-parameters.js';
import { rootContext } from './merge-data.js';
import type { MergeData } from './merge-data.js';
import { parseTemplate } from './parse-template.js';
import type { TemplateProblem, TemplateProperty } from './problems.js';
import { compilePieces, emit } from './program.js';
import type { Mode, Piece } from './program.js';
import { startRun } from './render-run.js';
import type { RenderRun, RenderUrls } from './render-run.js';
import type { ContentLink } from './rewrite-html.js';

/** Compiled content, as stored with a campaign: JSON all through, rendered by {@link createRenderer}. */
export interface CompiledContent {
  /** Templates, with slots for tracked links, the pixel and places of data; not meant to be edited. */
  subject: string;
  preheader: string;
  /** Null where the mail is text only. */
  html: string | null;
  text: string;
  /** The table `urls.link(index)` refers to. */
  links: ContentLink[];
  /** What links get that hold data and lead straight to their target. Absent: nothing. */
  linkParameters?: LinkParameters;
  /** Warnings; content with errors is never compiled. */
  problems: TemplateProblem[];
  /** Merge paths the content uses, such as `fields.city`, sorted. */
  variables: string[];
  /** What must be known of a recipient besides the merge data; see {@link MergeData.behaviour}. Absent: nothing. */
  behaviours?: BehaviourTest[];
  /** Bytes of the mail's parts as rendered for a sample recipient. */
  estimate: { html: number; text: number };
}

/** A question about one recipient: did it happen within the last `days`? */
export interface BehaviourTest {
  /** Its name in the merge data. */
  key: string;
  event: 'opened' | 'clicked' | 'replied' | 'bought';
  days: number;
  /** Only of this campaign; null: of any mail. */
  campaignId: string | null;
}

/** One recipient's mail. The subject is one line; nothing in it is encoded for transport. */
export interface RenderedMail {
  subject: string;
  preheader: string;
  html: string | null;
  text: string;
}

/** A mail part in pieces: strings are the same for every recipient, functions are slots. */
export type PartPieces = ReadonlyArray<string | ((recipient: BoundRecipient) => string)>;

/** One recipient's data and addresses, ready for the slots of {@link Renderer.pieces}. Use it for one mail only. */
export interface BoundRecipient {
  readonly run: RenderRun;
}

/** Content compiled once; renders any number of recipients and keeps no state between them. */
export interface Renderer {
  /** @throws RenderError `RENDER_TOO_LARGE` if this recipient's data makes the mail too large. */
  render(data: MergeData, urls: RenderUrls): RenderedMail;
  /** For senders that encode the fixed text once: joining all pieces of a part gives exactly what `render` gives. */
  pieces: { html: PartPieces | null; text: PartPieces };
  subject(recipient: BoundRecipient): string;
  bind(data: MergeData, urls: RenderUrls): BoundRecipient;
}

/** Compiles content for rendering, about a millisecond per 20 kB. @throws RenderError `CONTENT_INVALID` if it isn't ours. */
export function createRenderer(content: CompiledContent): Renderer {
  const subject = part(content.subject, 'subject', 'text');
  const preheader = part(content.preheader, 'preheader', 'text');
  const html = content.html === null ? null : part(content.html, 'html', 'html', content.linkParameters);
  const text = part(content.text, 'text', 'text', content.linkParameters);
  return {
    bind,
    pieces: { html: html && html.map(slot), text: text.map(slot) },
    subject: ({ run }) => oneLine(play(subject, run)),
    render(data, urls) {
      const { run } = bind(data, urls);
      return {
        subject: oneLine(play(subject, run)),
        preheader: oneLine(play(preheader, run)),
        html: html && play(html, run),
        text: play(text, run),
      };
    },
  };
}

function bind(data: MergeData, urls: RenderUrls): BoundRecipient {
  return { run: startRun(rootContext(data, urls), urls) };
}

function slot(piece: Piece): string | ((recipient: BoundRecipient) => string) {
  return typeof piece === 'string' ? piece : ({ run }) => play([piece], run);
}

function part(template: string, property: TemplateProperty, mode: Mode, links?: LinkParameters): Piece[] {
  const { parsed, problems } = parseTemplate(template, property, { internal: true });
  if (!parsed) throw new RenderError('CONTENT_INVALID', problems[0]?.message ?? `The ${property} can't be read.`);
  return compilePieces(parsed.program, mode, links);
}

function play(pieces: readonly Piece[], run: RenderRun): string {
  run.out = '';
  for (const piece of pieces) {
    if (typeof piece === 'string') emit(run, piece);
    else piece(run);
  }
  return run.out;
}

function oneLine(text: string): string {
  const line = cleanLine(text).trim();
  if (line.length <= LIMITS.subjectLength) return line;
  // Never half of a surrogate pair.
  return line.slice(0, LIMITS.subjectLength).replace(/[\ud800-\udbff]$/, '');
}

const NO_URLS: RenderUrls = { link: () => '#', open: null, unsubscribe: '', webVersion: '', preferences: '' };

/** The target of a link for one contact, as {@link renderUrl} says; of a fixed one its address. */
export function linkTarget({ url, dynamic, parameters }: ContentLink, data: MergeData): string | null {
  return dynamic ? renderUrl(url, data, parameters) : url;
}

/**
 * The target of a dynamic link for one contact with the parameters, or null where the data does not make an http, https, mailto or tel
 * address of it. http(s) results are normalised, so they are ASCII and safe in a Location header.
 */
export function renderUrl(template: string, data: MergeData, parameters: LinkParameters = []): string | null {
  if (template.length > LIMITS.linkLength) return null;
  const { parsed } = parseTemplate(template, 'html');
  if (!parsed) return null;
  try {
    const run = startRun(rootContext(data, NO_URLS), NO_URLS);
    const url = safeUrl(play(compilePieces(parsed.program, 'url'), run));
    if (url === null || !/^https?:/i.test(url)) return url === null ? null : encodeURI(decodeURI(url));
    return new URL(addParameters(url, parameters)).href;
  } catch {
    // A value can make the address unreadable ("https://a b"); for the caller that is the same as none.
    return null;
  }
}
