/** Words of a subject, or the path of a variable. */
export type SubjectPart = { text: string } | { path: string };

const TAG = /(\{{2,3}[^{}]{1,300}\}{2,3})/;
/** The first path of an expression that is no block, with a helper before it or without one. */
const PATH =
  /^\{+\s*(?:[a-z]\w*\s+)?((?:email|name|tags|(?:fields|data|campaign|workspace)(?:\.\w+)+)(?![\w.]))[^{}]*\}+$/;

/** Splits a subject at its variables. What is no simple variable, such as a condition, stays text as it was written. */
export function subjectParts(subject: string): SubjectPart[] {
  return subject
    .split(TAG)
    .filter(Boolean)
    .map((text) => {
      const path = PATH.exec(text)?.[1];
      return path ? { path } : { text };
    });
}
