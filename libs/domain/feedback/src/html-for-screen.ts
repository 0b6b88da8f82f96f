import sanitizeHtml from 'sanitize-html';

const STYLE = 'body{margin:12px;font:14px/1.6 sans-serif;color:#1f1f1f;overflow-wrap:anywhere}img{max-width:100%}';
/** Nothing is fetched, whatever the sanitiser let through. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'";

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

/**
 * A foreign mail as a document for a sandboxed frame: no scripts, no forms, no images, nothing that is fetched. Images
 * stand as their words, so that nobody learns that the mail was read.
 */
export function htmlForScreen(html: string): string {
  const body = sanitizeHtml(html, {
    allowedTags: ALLOWED,
    allowedAttributes: {
      '*': ['style', 'dir', 'align'],
      a: ['href', 'title'],
      td: ['colspan', 'rowspan'],
      th: ['colspan', 'rowspan'],
    },
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
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
      img: (_name, { alt }) => ({ tagName: 'span', attribs: {}, text: alt ? `[${alt.slice(0, 100)}]` : '' }),
    },
    nestingLimit: 100,
  });
  return `<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY}"><style>${STYLE}</style>${body}`;
}
