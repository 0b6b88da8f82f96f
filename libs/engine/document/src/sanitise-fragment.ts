import sanitizeHtml from 'sanitize-html';

const LAYOUT =
  'a abbr b big blockquote br center cite code col colgroup dd del div dl dt em font h1 h2 h3 h4 h5 h6 hr i img ins li ol p pre s small span strike strong sub sup table tbody td tfoot th thead tr u ul'.split(
    ' ',
  );
const BOX =
  'align bgcolor border cellpadding cellspacing class color dir face height lang role size style valign width'.split(
    ' ',
  );
/** One CSS value without a way to load or run anything. */
const PLAIN_VALUE = /^(?!.{0,500}(?:url|expression|javascript|behavior|image)\b)[^<>{}\\;]{1,500}$/i;
const STYLES =
  'background background-color border border-bottom border-collapse border-color border-left border-radius border-right border-spacing border-style border-top border-width color direction display float font font-family font-size font-style font-weight height letter-spacing line-height list-style margin margin-bottom margin-left margin-right margin-top max-height max-width min-height min-width opacity overflow padding padding-bottom padding-left padding-right padding-top table-layout text-align text-decoration text-indent text-transform vertical-align white-space width word-break word-spacing word-wrap'.split(
    ' ',
  );

/**
 * HTML that somebody typed, as a fragment for a mail: an allow-list of elements, attributes and CSS. Only the fragment
 * goes through it, never the compiled mail, whose Outlook conditionals it would take out.
 * @returns with the names of elements that were taken out
 */
export function sanitiseFragment(html: string): { html: string; removed: string[] } {
  const removed = new Set<string>();
  const clean = sanitizeHtml(html, {
    allowedTags: LAYOUT,
    allowedAttributes: {
      '*': BOX,
      a: ['href', 'name', 'title'],
      img: ['src', 'alt', 'title'],
      td: ['colspan', 'rowspan'],
      th: ['colspan', 'rowspan', 'scope'],
      ol: ['start', 'type'],
    },
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    allowedSchemesByTag: { img: ['http', 'https'] },
    allowProtocolRelative: false,
    allowedStyles: { '*': Object.fromEntries(STYLES.map((name) => [name, [PLAIN_VALUE]])) },
    disallowedTagsMode: 'discard',
    onOpenTag: (name) => {
      if (!LAYOUT.includes(name) && /^[a-z][a-z0-9-]{0,20}$/.test(name)) removed.add(name);
    },
  });
  return { html: clean, removed: [...removed] };
}
