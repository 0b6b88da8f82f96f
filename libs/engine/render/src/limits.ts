/**
 * Structural limits. They keep the worst accepted template within about a second to compile and a few milliseconds to
 * render; Handlebars' parser alone needs 16 s for 5,000 nested blocks and 8 µs for each flat tag.
 */
export const LIMITS = {
  /** UTF-8 bytes of an HTML or MJML source. */
  htmlBytes: 512 * 1024,
  /** UTF-8 bytes of a text source. */
  textBytes: 200 * 1024,
  /** Characters of the subject template and of the rendered subject (RFC 5322 2.1.1). */
  subjectLength: 998,
  preheaderLength: 998,
  /** `{{…}}` tags in one source, escaped ones included; compiling parses five times at 25 µs a tag. */
  tags: 3_000,
  /** Tags with the slots and places that compiling adds. */
  internalTags: 15_000,
  /** `{{else if}}` branches of one block: each is one level deeper for the parser. */
  elseBranches: 30,
  /** Tracked links of one mail. */
  links: 2_000,
  /** Characters of one `{{…}}` tag other than a comment. */
  tagLength: 2_000,
  /** Blocks of any kind inside one another. */
  blockDepth: 16,
  /** `each` blocks inside one another. */
  eachDepth: 3,
  /** Parentheses inside one another. */
  expressionDepth: 8,
  /** HTML or MJML elements in one source. */
  elements: 10_000,
  /** MJML components: about 1 ms each to compile. */
  mjmlElements: 2_000,
  /** Elements inside one another. */
  elementDepth: 200,
  /** Attributes of one element. */
  attributes: 100,
  /** (Selector words + declarations) × elements: inlining takes about 2 µs for each. */
  inlineWork: 400_000,
  /** Characters of one link template. */
  linkLength: 4_096,
  /** Problems reported at most. */
  problems: 100,
  /** Items of one `each`. */
  eachItems: 1_000,
  /** Values and iterations evaluated in one render. */
  renderSteps: 100_000,
  /** Characters of one rendered part. */
  outputLength: 2 * 1024 * 1024,
  /** Characters of one value as text. */
  valueLength: 64 * 1024,
} as const;

/** Gmail clips a message at about 102 kB of HTML; beyond this no room is left for longer names and links. */
export const CLIP_BYTES = { amber: 70 * 1024, red: 95 * 1024 } as const;

/** Why one render was given up: it belongs to one recipient's data, never to the whole batch. */
export type RenderErrorCode = 'RENDER_TOO_LARGE' | 'CONTENT_INVALID';

/** Thrown by rendering, with a stable code. */
export class RenderError extends Error {
  constructor(
    readonly code: RenderErrorCode,
    message: string,
  ) {
    super(message);
    this.name = 'RenderError';
  }
}
