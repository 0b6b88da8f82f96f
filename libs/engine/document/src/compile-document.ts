import type { Doc } from '#contracts';
import { compileContent, hasError, mostImportant, templateError } from '#engine/render';
import type { CompileOptions, CompileResult, TemplateProblem } from '#engine/render';
import { DocumentContext } from './context.js';
import type { SavedContent } from './context.js';
import { headOf } from './head.js';
import { writeMjml } from './mjml-node.js';
import type { WrittenMjml } from './mjml-node.js';
import { readDocument } from './read-document.js';
import { sectionNodes } from './sections.js';

/** A mail whose body is a document. */
export interface DocumentSource {
  subject: string;
  preheader?: string | null;
  text?: string | null;
  document: unknown;
}

/** What the references of a document stand for, by id. */
export type SavedContents = Readonly<Record<string, SavedContent>>;

/**
 * Compiles a document as {@link compileContent} does other content: to MJML, and from there the one way all content
 * goes. Problems name the path in the document and the block. Takes up to a second of CPU: run it in a worker.
 */
export async function compileDocument(
  { document: stored, ...source }: DocumentSource,
  options: CompileOptions,
  saved: SavedContents = {},
): Promise<CompileResult> {
  const read = readDocument(stored);
  if (!read.ok) return read;
  const { mjml, context } = documentMjml(read.document, saved);
  if (read.document.sections.length === 0) {
    const message = 'The mail has no content. Add a section.';
    return { ok: false, problems: [templateError('document', 'TEMPLATE_EMPTY', message)] };
  }
  if (hasError(context.problems)) return { ok: false, problems: mostImportant(context.problems) };
  const compiled = await compileContent({ ...source, mjml: mjml.source }, options);
  const told = (problems: readonly TemplateProblem[]) => {
    return mostImportant([...context.problems, ...problems.map((problem) => inDocument(problem, mjml))]);
  };
  if (!compiled.ok) return { ok: false, problems: told(compiled.problems) };
  const behaviours = [...context.behaviours.values()];
  // They are no merge data that could be missing.
  const variables = compiled.content.variables.filter((path) => !path.startsWith('behaviour.'));
  return {
    ok: true,
    content: { ...compiled.content, variables, behaviours, problems: told(compiled.content.problems) },
  };
}

/** The document as MJML, for who goes on with code. */
export function mjmlOfDocument(document: Doc, saved: SavedContents = {}): string {
  return documentMjml(document, saved).mjml.source;
}

function documentMjml(document: Doc, saved: SavedContents): { mjml: WrittenMjml; context: DocumentContext } {
  const { settings, sections } = document;
  const context = new DocumentContext(settings, new Map(Object.entries(saved)));
  // The body comes before the head: only then are the colours known that have to change in the dark.
  const body = sections.flatMap((section, index) => sectionNodes(section, index, context));
  const mjml = writeMjml({
    tagName: 'mjml',
    attributes: { lang: settings.lang },
    children: [
      headOf(context),
      {
        tagName: 'mj-body',
        attributes: { width: `${settings.width}px`, 'background-color': settings.bg, 'css-class': 'hy-page' },
        children: body,
      },
    ],
  });
  return { mjml, context };
}

function inDocument(problem: TemplateProblem, { ownerOf }: WrittenMjml): TemplateProblem {
  if (problem.property !== 'mjml') return problem;
  const { line, message, ...rest } = problem;
  const owner = line === undefined ? null : ownerOf(line);
  const property = owner ? (`document.${owner.path}` as const) : 'document';
  // A line of MJML that nobody has written says nothing.
  return { ...rest, property, message: message.replace(/^Line \d+: /, ''), ...(owner ? { blockId: owner.id } : {}) };
}
