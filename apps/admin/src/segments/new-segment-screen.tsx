import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { EMPTY_RULE, conditionAbout, ruleFromLink } from './rule-tree.js';
import { SegmentEditor } from './segment-editor.js';

/** A new segment: from nothing, or with the rule and name of a link, such as a report's *save as segment*. */
export default function NewSegmentScreen() {
  const [params] = useSearchParams();
  const [initial] = useState(() => ({
    name: (params.get('name') ?? '').slice(0, 100),
    description: '',
    rule: ruleFromLink(params.get('rule')) ?? {
      ...EMPTY_RULE,
      root: { ...EMPTY_RULE.root, of: [conditionAbout({ kind: 'activity', did: 'opened' })] },
    },
  }));
  return <SegmentEditor initial={initial} />;
}
