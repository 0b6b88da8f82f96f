import { Doc } from '#contracts';
import { templateError } from '#engine/render';
import type { TemplateProblem } from '#engine/render';

/** Steps from one version to the next, by the version they start from. There has been one version so far. */
const MIGRATIONS: Record<number, (document: Record<string, unknown>) => Record<string, unknown>> = {};
const CURRENT = 1;

/** A stored document brought to the present version and checked; or what is wrong with it, by path. */
export function readDocument(
  stored: unknown,
): { ok: true; document: Doc } | { ok: false; problems: TemplateProblem[] } {
  let document = stored as Record<string, unknown>;
  for (let version = Number(document?.version); version < CURRENT; version += 1) {
    const migrate = MIGRATIONS[version];
    if (!migrate) break;
    document = migrate(document);
  }
  const result = Doc.safeParse(document);
  if (result.success) return { ok: true, document: result.data };
  const problems = result.error.issues.slice(0, 20).map((issue) => {
    const path = issue.path.map(String).join('.');
    const message = `The document is not valid at ${path || 'its root'}: ${issue.message}`;
    return templateError(`document${path ? `.${path}` : ''}`, 'DOCUMENT_INVALID', message, { params: { path } });
  });
  return { ok: false, problems };
}
