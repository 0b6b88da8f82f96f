import { escapeTemplate } from '#engine/render';

/** One MJML element: with children, or with content that is HTML already. Absent and null attributes are left out. */
export interface MjmlNode {
  tagName: string;
  attributes?: Record<string, string | number | null | undefined>;
  children?: MjmlNode[];
  content?: string;
  /** The section or block of the document it stands for. */
  owner?: Owner;
}

/** A place of the document: the id of a section or block and the path to it. */
export interface Owner {
  id: string;
  path: string;
}

/** MJML source, and whose a line of it is. */
export interface WrittenMjml {
  source: string;
  /** The innermost section or block that wrote the line (from 1). */
  ownerOf(line: number): Owner | null;
}

/**
 * Writes the tree as MJML source. mjml takes a tree as well, but then escapes no attribute: here every one is, with its
 * `{{…}}` tags intact, and findings of all later steps have a line, which leads back to the block.
 */
export function writeMjml(root: MjmlNode): WrittenMjml {
  const lines: string[] = [];
  const owners: (Owner | null)[] = [];
  write(root, null);
  return { source: lines.join('\n'), ownerOf: (line) => owners[line - 1] ?? null };

  function push(text: string, owner: Owner | null): void {
    for (const line of text.split('\n')) {
      lines.push(line);
      owners.push(owner);
    }
  }

  function write({ tagName, attributes, children, content, owner: own }: MjmlNode, outer: Owner | null): void {
    const owner = own ?? outer;
    const opening = `<${tagName}${Object.entries(attributes ?? {})
      .map(attribute)
      .join('')}`;
    if (content !== undefined) return push(`${opening}>${content}</${tagName}>`, owner);
    if (!children || children.length === 0) return push(`${opening} />`, owner);
    push(`${opening}>`, owner);
    for (const child of children) write(child, owner);
    push(`</${tagName}>`, owner);
  }
}

function attribute([name, value]: [string, string | number | null | undefined]): string {
  if (value === null || value === undefined) return '';
  return ` ${name}="${typeof value === 'number' ? value : escapeTemplate(value.replace(/[\u0000-\u001f\u007f]+/g, ' '))}"`;
}
