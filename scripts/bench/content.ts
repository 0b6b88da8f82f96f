import { compileContent } from '#engine/render';
import type { CompiledContent, MergeData, TemplateSource } from '#engine/render';

/**
 * The content of every send in the benchmarks: 20 kB HTML and 4 kB text, six merge fields, one `if`, one loop of three,
 * ten tracked links, pixel, List-Unsubscribe.
 */
export const SOURCE = {
  subject: '{{default name "Friend"}}, your autumn letter from {{workspace.name}} 🍂',
  preheader: 'New titles for readers in {{fields.city}}',
  html: html(),
  text: text(),
} satisfies TemplateSource;

/** Compiled as a campaign's start compiles it. @throws Error when the content has an error */
export async function compiledContent(): Promise<CompiledContent> {
  const result = await compileContent(SOURCE, { trackLinks: true });
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.content;
}

const CITIES = ['Shanghai', 'Beijing', 'Hangzhou', 'Chengdu', 'London', 'Lisbon'];
const NAMES = ['Anna Meyer', '李明', 'Bob O’Neill', '王小红', 'Chloé Dubois', 'Tom & Jerry'];

export interface Person {
  email: string;
  name: string;
  fields: MergeData['fields'];
  tags: string[];
}

/** The data of the recipient with this number: the same number gives the same person. */
export function person(n: number): Person {
  return {
    email: `reader${n}@rcpt${n % 50}.hongyan-bench.org`,
    name: NAMES[n % NAMES.length] ?? '',
    fields: {
      city: CITIES[n % CITIES.length] ?? '',
      points: n % 1000,
      vip: n % 3 === 0,
      salutation: n % 2 === 0 ? 'Dear' : 'Hello',
    },
    tags: ['novels', `shelf ${n % 7}`, n % 2 === 0 ? 'poetry' : 'travel <&>'],
  };
}

function html(): string {
  const paragraph =
    'Every autumn the geese fly over the valley, and every autumn we put the best new titles of the season on one table, so that nobody has to search for them. ';
  const row = (n: number) =>
    `<tr><td style="padding:12px 24px;font-family:Arial,sans-serif;font-size:15px;line-height:1.6;color:#333333"><h2 style="margin:0 0 8px;font-size:19px">Title ${n} of the season</h2><p style="margin:0 0 10px">${paragraph.repeat(11)}</p><p><a href="https://shop.example/books/${n}?from=letter" style="color:#1554ad">Read more about it</a></p></td></tr>\n`;
  const rows = Array.from({ length: 8 }, (_, n) => row(n + 1)).join('');
  return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Autumn letter</title>
<style>@media (max-width:600px){.wide{width:100%!important}}</style></head>
<body style="margin:0;background:#f4f4f4"><table role="presentation" class="wide" width="600" align="center" style="background:#ffffff">
<tr><td style="padding:24px"><h1>{{fields.salutation}} {{default name "Friend"}},</h1>
<p>you have {{fields.points}} points in {{fields.city}}.</p>
{{#if fields.vip}}<p><strong>As one of our regulars you get free delivery this month.</strong></p>{{else}}<p>Free delivery from 20 €.</p>{{/if}}
<p>You told us that you like:</p><ul>{{#each tags}}<li>{{this}}</li>{{/each}}</ul>
<p><a href="https://shop.example/autumn">The whole table</a> · <a href="https://shop.example/account">Your account</a></p></td></tr>
${rows}<tr><td style="padding:24px;font-size:12px">{{workspace.name}}, {{workspace.postalAddress}}. This letter went to {{email}}. <a href="{{unsubscribeUrl}}">Unsubscribe</a></td></tr>
</table></body></html>
`;
}

function text(): string {
  const paragraph =
    'Every autumn the geese fly over the valley, and every autumn\nwe put the best new titles of the season on one table, so that\nnobody has to search for them.\n\n';
  return `{{fields.salutation}} {{default name "Friend"}},

you have {{fields.points}} points in {{fields.city}}.
{{#if fields.vip}}As one of our regulars you get free delivery this month.{{else}}Free delivery from 20 EUR.{{/if}}

${paragraph.repeat(24)}{{workspace.name}}, {{workspace.postalAddress}}
Unsubscribe: {{unsubscribeUrl}}
`;
}
