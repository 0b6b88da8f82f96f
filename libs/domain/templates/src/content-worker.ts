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

/** What a content thread is asked to do. */
export type ContentTask =
  | { kind: 'compile'; source: TemplateSource; options: CompileOptions }
  | { kind: 'render'; content: CompiledContent; data: MergeData; urls: PreviewUrls };

/** Addresses of a preview; plain data, since functions do not cross the thread boundary. */
export type PreviewUrls = Omit<RenderUrls, 'link' | 'open'>;

/** Entry of the content threads. */
export default function work(task: ContentTask): Promise<CompileResult> | RenderedMail {
  if (task.kind === 'compile') return compileContent(task.source, task.options);
  const { content, data, urls } = task;
  // A preview leads straight to the link's target: nothing of it is counted.
  return createRenderer(content).render(data, {
    ...urls,
    open: null,
    link: (index) => content.links[index]?.url ?? '#',
  });
}
