import type { FieldType, SegmentNode, SegmentRule } from '#contracts';

/** Something of the workspace that a rule names, with its place in the rule such as `root.of.2.lists.0`. */
export type Reference = { property: string } & (
  | { what: 'field'; key: string; type: FieldType }
  | { what: 'list' | 'campaign'; id: string }
  | { what: 'tag' | 'provider'; name: string }
);

/** Everything that has to exist for the rule to mean what was meant. */
export function referencesOf(rule: SegmentRule): Reference[] {
  return [...walk(rule.root, 'root')];
}

function* walk(node: SegmentNode, path: string): Generator<Reference> {
  if ('of' in node) {
    for (const [index, inner] of node.of.entries()) yield* walk(inner, `${path}.of.${index}`);
    return;
  }
  switch (node.kind) {
    case 'field':
      yield { what: 'field', key: node.key, type: node.type, property: `${path}.key` };
      return;
    case 'tag':
      yield* node.tags.map((name, index) => ({ what: 'tag' as const, name, property: `${path}.tags.${index}` }));
      return;
    case 'list':
    case 'consent':
      yield* node.lists.map((id, index) => ({ what: 'list' as const, id, property: `${path}.lists.${index}` }));
      return;
    case 'activity':
      yield* node.campaigns.map((id, index) => ({
        ...{ what: 'campaign' as const, id, property: `${path}.campaigns.${index}` },
      }));
      return;
    case 'recipient':
      yield { what: 'campaign', id: node.campaign, property: `${path}.campaign` };
      return;
    case 'provider':
      yield* node.providers.map((name, index) => ({
        ...{ what: 'provider' as const, name, property: `${path}.providers.${index}` },
      }));
      return;
    case 'property':
    case 'created':
    case 'status':
    case 'suppressed':
      return;
  }
}
