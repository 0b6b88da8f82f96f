import sanitizeHtml from 'sanitize-html';

const STYLE = 'body{margin:12px;font:14px/1.6 sans-serif;color:#1f1f1f;overflow-wrap:anywhere}img{max-width:100%}';
/** Nothing is fetched, whatever the sanitiser let through … */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'";
/** … but images, where a person has asked for them. `sandbox`: it runs nothing even outside a sandboxed frame. */
export const POLICY_WITH_IMAGES = `${POLICY}; img-src http: https:; frame-ancestors 'self'; sandbox`;

const ALLOWED = [
  ...['a', 'abbr', 'b', 'big', 'blockquote', 'br', 'caption', 'center', 'code', 'col', 'colgroup', 'dd', 'del', 'div'],
  ...['dl', 'dt', 'em', 'font', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'hr', 'i', 'ins', 'li', 'ol', 'p', 'pre', 'q', 's'],
  ...[
    'small',
    'span',
    'strike',
    'strong',
    'sub',
    'sup',
    'table',
    'tbody',
    'td',
    'tfoot',
    'th',
    'thead',
    'tr',
    'u',
    'ul',
  ],
];
const COLOUR = [/^#[0-9a-f]{3,8}$/i, /^rgba?\([\d., %]{1,40}\)$/i, /^[a-z]{3,20}$/i];

/** A foreign mail made fit for the screen. */
export interface ScreenHtml {
  html: string;
  /** Images that lie on other people's servers. */
  remoteImages: number;
}

/**
 * A foreign mail as a document for a sandboxed frame: no scripts, no forms, nothing that is fetched. Images stand as
 * their words, so that nobody learns that the mail was read, unless `images` asks for those of the web.
 */
export function htmlForScreen(html: string, { images = false } = {}): ScreenHtml {
  let remoteImages = 0;
  const body = sanitizeHtml(html, {
    allowedTags: images ? [...ALLOWED, 'img'] : ALLOWED,
    allowedAttributes: {
      '*': ['style', 'dir', 'align'],
      a: ['href', 'title'],
      td: ['colspan', 'rowspan'],
      th: ['colspan', 'rowspan'],
      img: ['src', 'alt', 'width', 'height'],
    },
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    allowedSchemesByTag: { img: ['http', 'https'] },
    allowProtocolRelative: false,
    allowedStyles: {
      '*': {
        color: COLOUR,
        'background-color': COLOUR,
        'font-weight': [/^(?:bold|normal|[1-9]00)$/],
        'font-style': [/^(?:italic|normal)$/],
        'text-align': [/^(?:left|right|center|justify)$/],
        'text-decoration': [/^(?:underline|line-through|none)$/],
      },
    },
    transformTags: {
      a: (tagName, attribs) => ({ tagName, attribs: { ...attribs, rel: 'noopener noreferrer' } }),
      img: (tagName, attribs) => {
        const remote = /^https?:\/\//i.test(attribs.src?.trim() ?? '');
        if (remote) remoteImages += 1;
        if (remote && images) return { tagName, attribs };
        return { tagName: 'span', attribs: {}, text: attribs.alt ? `[${attribs.alt.slice(0, 100)}]` : '' };
      },
    },
    nestingLimit: 100,
  });
  // The policy with images is a header of the answer: a meta element can't say all of it.
  const policy = images ? '' : `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`;
  return { html: `<!doctype html><meta charset="utf-8">${policy}<style>${STYLE}</style>${body}`, remoteImages };
}
