import { Injectable } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { Piscina } from 'piscina';
import { DomainError } from '#contracts';
import { workerFile } from '#platform/process';
import type { CompileOptions, CompileResult, CompiledContent, MergeData, RenderedMail } from '#engine/render';
import { UNSUBSCRIBE_FOOTER } from './unsubscribe-footer.js';
import type { ContentSource, ContentTask, PreviewUrls } from './content-worker.js';

/**
 * The engine's own limits end hostile content within a second; this is for what they miss. It also covers the start of
 * a thread, which loads MJML: seconds on a machine that is busy elsewhere.
 */
const WATCHDOG_MS = 15_000;

/** `fields`: the contact fields of the workspace, for a warning about others; `footer`: null for mail that nobody subscribed to. */
type CompileChoices = Pick<CompileOptions, 'trackLinks' | 'linkParameters' | 'fields'> & { footer?: null };

/** Compiles and previews content in threads with a watchdog, so that a hostile template can't stop the process. */
@Injectable()
export class ContentCompiler implements OnApplicationShutdown {
  private readonly pool = new Piscina<ContentTask, CompileResult | RenderedMail>({
    filename: workerFile('./content-worker.js', import.meta.url),
    minThreads: 0,
    maxThreads: 2,
    idleTimeout: 600_000,
    resourceLimits: { maxOldGenerationSizeMb: 256 },
  });

  /** Compiles marketing content: a part without an unsubscribe link gets the standard footer. */
  async compile(source: ContentSource, options: CompileChoices): Promise<CompileResult> {
    try {
      const task: ContentTask = { kind: 'compile', source, options: { footer: UNSUBSCRIBE_FOOTER, ...options } };
      return (await this.run(task)) as CompileResult;
    } catch {
      const property = source.document ? 'document' : source.mjml ? 'mjml' : 'html';
      const message = 'The template takes too long to compile. Make it smaller or less nested.';
      return { ok: false, problems: [{ severity: 'error', property, code: 'TEMPLATE_TOO_LARGE', message }] };
    }
  }

  /**
   * Compiles content that has to be right.
   * @throws DomainError TEMPLATE_INVALID that names each problem as a property of `content`
   */
  async compileValid(source: ContentSource, options: CompileChoices): Promise<CompiledContent> {
    const compiled = await this.compile(source, options);
    if (compiled.ok) return compiled.content;
    throw new DomainError('TEMPLATE_INVALID', 'The content has errors.', {
      errors: compiled.problems.map(({ property, code, message, line, params }) => ({
        property: `content.${property}`,
        code,
        message,
        params: { ...params, ...(line ? { line } : {}) },
      })),
    });
  }

  /** @throws RenderError (or a time-out) when this data makes the mail too large */
  async preview(content: CompiledContent, data: MergeData, urls: PreviewUrls): Promise<RenderedMail> {
    return (await this.run({ kind: 'render', content, data, urls })) as RenderedMail;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.destroy();
  }

  private run(task: ContentTask): Promise<CompileResult | RenderedMail> {
    return this.pool.run(task, { signal: AbortSignal.timeout(WATCHDOG_MS) });
  }
}
