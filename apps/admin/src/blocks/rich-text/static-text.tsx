import { createElement, type CSSProperties, type ReactNode } from 'react';
import type { RichText } from '../document.js';
import { useLabelOf } from '../../components/variables.js';

type Json = { type: string; attrs?: Record<string, unknown>; content?: Json[]; marks?: Json[]; text?: string };

/** A rich text as the canvas shows it while nobody writes in it. */
export function StaticText({ content, headingLevel }: { content: RichText; headingLevel?: number }) {
  const labelOf = useLabelOf();
  const nodes = content.content as Json[];
  return (
    <div className="rich" data-heading={headingLevel}>
      {nodes.map((node, index) => (
        <RichNode key={index} node={node} labelOf={labelOf} />
      ))}
    </div>
  );
}

function RichNode({ node, labelOf }: { node: Json; labelOf: (path: string) => string }): ReactNode {
  const children = node.content?.map((child, index) => <RichNode key={index} node={child} labelOf={labelOf} />);
  const style: CSSProperties = node.attrs?.textAlign ? { textAlign: node.attrs.textAlign as 'left' } : {};
  switch (node.type) {
    case 'text':
      return marked(node.text, node.marks);
    case 'mergeTag':
      return marked(<span className="merge-chip">{labelOf(String(node.attrs?.path))}</span>, node.marks);
    case 'hardBreak':
      return <br />;
    // Headings of the mail are none of the page around it.
    case 'heading':
      return (
        <div className={`rich-h${String(node.attrs?.level)}`} style={style}>
          {children}
        </div>
      );
    case 'bulletList':
      return <ul>{children}</ul>;
    case 'orderedList':
      return <ol start={(node.attrs?.start as number | undefined) ?? 1}>{children}</ol>;
    case 'listItem':
      return <li>{children}</li>;
    default:
      return <p style={style}>{children ?? <br />}</p>;
  }
}

const ELEMENTS: Record<string, string> = { bold: 'strong', italic: 'em', underline: 'u', strike: 's' };

function marked(inside: ReactNode, marks: Json[] = []): ReactNode {
  return marks.reduceRight<ReactNode>((shown, { type, attrs }) => {
    if (type === 'link') return <span className="rich-link">{shown}</span>;
    if (type === 'textStyle') return <span style={{ color: attrs?.color as string }}>{shown}</span>;
    return createElement(ELEMENTS[type] ?? 'span', null, shown);
  }, inside);
}

/** The words of a rich text on one line, such as a name for a screen reader. */
export function plainText(content: RichText, labelOf: (path: string) => string): string {
  const words = (node: Json): string => {
    if (node.type === 'text') return node.text ?? '';
    if (node.type === 'mergeTag') return labelOf(String(node.attrs?.path));
    return (node.content ?? []).map(words).join('');
  };
  return (content.content as Json[]).map(words).join(' ').trim();
}
