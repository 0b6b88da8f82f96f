import type { z } from 'zod';
import { emptyDocument, newBlock, newColumn, newSection, padding } from '#contracts';
import type {
  Doc,
  DocBlock,
  DocColumn,
  DocLocale,
  DocSection,
  DocSettings,
  Inline,
  RichText,
  StarterTemplate,
} from '#contracts';

export type Starter = z.output<typeof StarterTemplate>;

/** What a starter says in one language. */
export interface StarterTexts {
  name: string;
  description: string;
  subject: string;
  preheader: string;
}

const SITE = 'https://www.example.com';
/** Quiet words: small print and second thoughts; 7 : 1 on white. */
export const QUIET = '#595f69';

/** `{name|朋友}` and `{data.total|0.00|number2}` in plain words: variables with what stands in for them. */
const TAG = /\{([a-zA-Z_.]{1,60})\|([^|{}]{0,60})(?:\|([a-zA-Z0-9]{1,20}))?\}/g;

/** Words with variables as the runs of one paragraph. */
export function runs(words: string, marks?: Inline['marks']): Inline[] {
  const made: Inline[] = [];
  let at = 0;
  const add = (text: string) => text !== '' && made.push({ type: 'text', text, ...(marks ? { marks } : {}) });
  for (const found of words.matchAll(TAG)) {
    const [whole, path, fallback, format] = found;
    add(words.slice(at, found.index));
    made.push({
      type: 'mergeTag',
      attrs: { path, fallback, format: format ?? null } as never,
      ...(marks ? { marks } : {}),
    });
    at = found.index + whole.length;
  }
  add(words.slice(at));
  return made;
}

/** Paragraphs of words with variables. */
export const words = (...paragraphs: string[]): RichText => ({
  type: 'doc',
  content: paragraphs.map((text) => ({ type: 'paragraph', content: runs(text) })),
});

/** Makes the parts of one starter: ids count up, so that it is the same every time. */
export class Parts {
  private last = 0;
  readonly newId = () => `s${(this.last += 1)}`;

  constructor(
    readonly locale: DocLocale,
    readonly accent: string,
  ) {}

  heading(text: string, level: 1 | 2 | 3, more: Partial<Extract<DocBlock, { type: 'heading' }>> = {}): DocBlock {
    return {
      ...newBlock('heading', this.newId, this.locale),
      level,
      content: words(text),
      padding: space(4, 6),
      ...more,
    };
  }

  /** A short line above a heading that says what this is. */
  eyebrow(text: string, more: Partial<Extract<DocBlock, { type: 'text' }>> = {}): DocBlock {
    const content: RichText = {
      type: 'doc',
      content: [{ type: 'paragraph', content: runs(text, [{ type: 'bold' }]) }],
    };
    return this.text('', { content, fontSize: 13, color: this.accent, padding: space(8, 2), ...more });
  }

  text(text: string | string[], more: Partial<Extract<DocBlock, { type: 'text' }>> = {}): DocBlock {
    const content = words(...[text].flat());
    return { ...newBlock('text', this.newId, this.locale), content, padding: space(6, 6), ...more };
  }

  list(items: string[]): DocBlock {
    const content: RichText = {
      type: 'doc',
      content: [
        {
          type: 'bulletList',
          content: items.map((item) => ({ type: 'listItem', content: [{ type: 'paragraph', content: runs(item) }] })),
        },
      ],
    };
    return { ...newBlock('text', this.newId, this.locale), content, padding: space(6, 6) };
  }

  button(label: string, path: string, more: Partial<Extract<DocBlock, { type: 'button' }>> = {}): DocBlock {
    const href = path.startsWith('{{') ? path : SITE + path;
    return { ...newBlock('button', this.newId, this.locale), label, href, padding: space(14, 14), ...more };
  }

  divider(): DocBlock {
    return { ...newBlock('divider', this.newId, this.locale), padding: space(14, 10) };
  }

  column(blocks: DocBlock[], more: Partial<DocColumn> = {}): DocColumn {
    return { ...newColumn(this.newId, blocks), ...more };
  }

  section(columns: DocBlock[] | DocColumn[], more: Partial<DocSection> = {}): DocSection {
    const isColumns = columns[0] !== undefined && 'blocks' in columns[0];
    const made = isColumns ? (columns as DocColumn[]) : [this.column(columns as DocBlock[])];
    return { ...newSection(this.newId, made), padding: padding(10, 0), ...more };
  }

  /** The brand's name at the top, quietly. */
  brand(): DocSection {
    const content = words('{workspace.name|}');
    const name = this.text('', { content, fontSize: 14, color: QUIET, padding: space(18, 10) });
    return this.section([name], { padding: padding(0, 0) });
  }

  footer(): DocSection {
    const footer = {
      ...newBlock('unsubscribeFooter', this.newId, this.locale),
      padding: space(20, 24),
      align: 'left' as const,
    };
    return this.section([this.divider(), footer], { padding: { ...padding(0, 0), top: 8 } });
  }

  document(sections: DocSection[], settings: Partial<DocSettings> = {}): Doc {
    const { settings: plain } = emptyDocument(this.newId, this.locale);
    return { version: 1, settings: { ...plain, accent: this.accent, linkColor: this.accent, ...settings }, sections };
  }
}

/** Above and below, between the margins that all words keep. */
export const space = (top: number, bottom: number) => ({ top, bottom, left: 32, right: 32 });
export { padding };
