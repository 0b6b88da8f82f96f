import { compileDocument } from '#engine/document';
import type { SavedContents } from '#engine/document';
import { compileContent, createRenderer } from '#engine/render';
import type {
  CompileOptions,
  CompileResult,
  CompiledContent,
  MergeData,
  RenderUrls,
  RenderedMail,
  TemplateSource,
} from '#engine/render';

/** Content as it is stored: HTML, MJML or a document with what its references stand for. */
export type ContentSource = TemplateSource & { document?: unknown; saved?: SavedContents };

/** What a content thread is asked to do. */
export type ContentTask =
  | { kind: 'compile'; source: ContentSource; options: CompileOptions }
  | { kind: 'render'; content: CompiledContent; data: MergeData; urls: PreviewUrls };

/** Addresses of a preview; plain data, since functions do not cross the thread boundary. */
export type PreviewUrls = Omit<RenderUrls, 'link' | 'open'>;

/** Entry of the content threads. */
export default function work(task: ContentTask): Promise<CompileResult> | RenderedMail {
  if (task.kind === 'compile') return compile(task.source, task.options);
  const { content, data, urls } = task;
  // A preview leads straight to the link's target: nothing of it is counted.
  return createRenderer(content).render(data, {
    ...urls,
    open: null,
    link: (index) => content.links[index]?.url ?? '#',
  });
}

function compile({ document, saved, ...rest }: ContentSource, options: CompileOptions): Promise<CompileResult> {
  if (!document) return compileContent(rest, options);
  if (!rest.html?.trim() && !rest.mjml?.trim()) return compileDocument({ ...rest, document }, options, saved);
  const message = 'There are both a document and HTML or MJML. Remove one of them.';
  return Promise.resolve({
    ok: false,
    problems: [{ severity: 'error', property: 'document', code: 'TEMPLATE_EMPTY', message }],
  });
}
