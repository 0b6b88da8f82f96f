import type { DocBlock, DocSection, DocSettings } from '#contracts';
import { linkKind, templateError, templateWarning } from '#engine/render';
import type { BehaviourTest, TemplateProblem, TemplateProblemCode } from '#engine/render';
import { conditionTemplate } from './condition-template.js';
import type { MjmlNode, Owner } from './mjml-node.js';
import type { InlineStyle } from './rich-text-html.js';

/** What a saved block holds. */
export type SavedContent = { kind: 'block'; block: DocBlock } | { kind: 'section'; section: DocSection };

/** What the renderings of one document share. */
export class DocumentContext {
  readonly problems: TemplateProblem[] = [];
  readonly behaviours = new Map<string, BehaviourTest>();
  /** Colours of text that stand on a background which turns dark. */
  readonly colors = new Set<string>();

  constructor(
    readonly settings: DocSettings,
    readonly saved: ReadonlyMap<string, SavedContent>,
  ) {}

  problem(
    severity: TemplateProblem['severity'],
    owner: Owner,
    code: TemplateProblemCode,
    message: string,
    params = {},
  ) {
    const make = severity === 'error' ? templateError : templateWarning;
    this.problems.push({ ...make(`document.${owner.path}`, code, message, { params }), blockId: owner.id });
  }

  /** @param turnsDark the background has no colour of its own, so it turns dark where the reader wants that */
  inline(owner: Owner, turnsDark: boolean): InlineStyle {
    return {
      linkColor: this.settings.linkColor,
      hrefOf: (href) => this.hrefOf(href, owner),
      darkClass: (color) => (turnsDark ? this.darkClass(color) : 'hy-c'),
    };
  }

  darkClass(color: string): string {
    const lower = color.toLowerCase();
    this.colors.add(lower);
    return `hy-c${lower.slice(1)}`;
  }

  /** The address trimmed; null, with the problem told, where it is empty or no mail may lead there. */
  hrefOf(href: string, owner: Owner): string | null {
    const kind = linkKind(href);
    if (kind === 'empty') {
      this.problem('warning', owner, 'LINK_EMPTY', 'A link has no address. Enter one that begins with https://.');
      return null;
    }
    if (kind === 'forbidden' || kind === 'unusual') {
      const message = `The link "${href.slice(0, 60)}" can’t be used in a mail. Use http, https, mailto or tel.`;
      this.problem('error', owner, 'LINK_SCHEME', message, { url: href.slice(0, 60) });
      return null;
    }
    return href.trim();
  }

  /** The nodes, seen only by those for whom the condition holds. */
  onlyIf(visibleIf: DocBlock['visibleIf'], owner: Owner, nodes: MjmlNode[]): MjmlNode[] {
    if (!visibleIf || nodes.length === 0) return nodes;
    const condition = conditionTemplate(visibleIf);
    if (!condition) {
      const message = 'The condition is too long. Use fewer rules, or shorter values.';
      this.problem('error', owner, 'CONDITION_TOO_LONG', message);
      return nodes;
    }
    for (const test of condition.behaviours) this.behaviours.set(test.key, test);
    const raw = (content: string): MjmlNode => ({ tagName: 'mj-raw', content, owner });
    return [raw(`{{#if ${condition.expression}}}`), ...nodes, raw('{{/if}}')];
  }
}

/** Classes of what is left out on narrow or wide screens; `kind` says which display value shows it again. */
export function hideClass(hideOn: DocBlock['hideOn'], kind: 'section' | 'block'): string {
  if (hideOn === 'mobile') return ' hy-hide-mobile';
  return hideOn === 'desktop' ? ` hy-hide-desktop hy-show-${kind}` : '';
}
