import { Fragment } from 'react';
import { subjectParts } from './subject-parts.js';
import { useLabelOf } from './variables.js';

/** A subject as a marketer reads it: its variables by their names. */
export function SubjectText({ subject }: { subject: string }) {
  const labelOf = useLabelOf();
  return (
    <span lang="" title={subject}>
      {subjectParts(subject).map((part, index) =>
        'path' in part ? (
          <span key={index} className="merge-chip">
            {labelOf(part.path)}
          </span>
        ) : (
          <Fragment key={index}>{part.text}</Fragment>
        ),
      )}
    </span>
  );
}
