import { createContext, useContext } from 'react';
import type { SegmentNode } from '#contracts';
import type { Path } from './rule-tree.js';
import type { References } from './use-names.js';

interface RuleContext {
  references: References;
  /** Replaces a node, or takes it out by `null`. */
  change: (path: Path, node: SegmentNode | null) => void;
  /** What is wrong with a row. */
  errorAt: (path: Path) => string | undefined;
}

/** What every row of the builder needs, however deep it stands. */
export const RuleContext = createContext<RuleContext | null>(null);

export function useRule(): RuleContext {
  const context = useContext(RuleContext);
  if (!context) throw new Error('a row stands outside of the builder');
  return context;
}
