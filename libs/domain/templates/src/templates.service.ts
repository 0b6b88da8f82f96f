import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { DomainError, notFound } from '#contracts';
import type {
  ContentBody,
  Doc,
  DocumentSource,
  MergeVariable,
  Page,
  Preview,
  StarterTemplate,
  Template,
  TemplateBody,
  TemplateCategory,
  TemplateQuery,
  TemplateSummary,
  UpdateTemplateBody,
} from '#contracts';
import { mjmlOfDocument } from '#engine/document';
import { mergeVariablesReference } from '#engine/render';
import { Database, toPage } from '#platform/database';
import { decodeIdCursor, findFields } from '#domain/contacts';
import { audit } from '#domain/workspaces';
import type { RequestContext } from '#domain/workspaces';
import { ContentCompiler } from './content-compiler.js';
import { formatOf } from './content-format.js';
import { getRevision, recordRevision } from './revisions.js';
import { previewContent } from './preview-content.js';
import type { PreviewReader } from './preview-content.js';
import { withSavedBlocks } from './saved-blocks.js';
import { STARTERS } from './starters/index.js';
import {
  countTemplates,
  deleteTemplate,
  findTemplate,
  findTemplateCategories,
  insertTemplate,
  listTemplates,
  updateTemplate,
} from './template.repository.js';
import type { ListedTemplate, TemplateRow } from './template.repository.js';

type Summary = z.infer<typeof TemplateSummary>;
/** What a change says beside the content; absent stays. */
interface Said {
  name?: string | undefined;
  category?: string | undefined;
  restoredFrom?: string | null;
}

/** Templates of a workspace. They may hold unfinished work: only a campaign's start insists on content without errors. */
@Injectable()
export class TemplatesService {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(ContentCompiler) private readonly compiler: ContentCompiler,
  ) {}

  async list(ctx: RequestContext, query: z.infer<typeof TemplateQuery>): Promise<Page<Summary>> {
    const filter = { q: query.q || null, category: query.category ?? null };
    const wanted = { ...filter, before: decodeIdCursor(query.cursor), limit: query.limit };
    const page = toPage(
      await listTemplates(this.db, ctx.workspaceId, wanted),
      query.limit,
      (row) => [row.id],
      toSummary,
    );
    return query.count ? { ...page, total: await countTemplates(this.db, ctx.workspaceId, filter) } : page;
  }

  categories(ctx: RequestContext): Promise<z.infer<typeof TemplateCategory>[]> {
    return findTemplateCategories(this.db, ctx.workspaceId);
  }

  /** A document as MJML: the way out of the block editor, and none leads back. */
  async mjmlOf({ workspaceId }: RequestContext, document: Doc): Promise<z.infer<typeof DocumentSource>> {
    const content = { subject: '', preheader: null, html: null, mjml: null, text: null, document };
    const { saved } = await withSavedBlocks(this.db, workspaceId, content);
    return { mjml: mjmlOfDocument(document, saved) };
  }

  async get(ctx: RequestContext, id: string): Promise<z.infer<typeof Template>> {
    return toView(await this.find(ctx, id));
  }

  async create(ctx: RequestContext, body: z.infer<typeof TemplateBody>): Promise<z.infer<typeof Template>> {
    const { name, category, ...content } = body;
    return this.db.transaction(async (tx) => {
      const row = await insertTemplate(tx, ctx.workspaceId, { name, category, content, starter: null });
      await audit(tx, ctx, 'template.created', `template:${row.id}`, null, { name });
      return toView(row);
    });
  }

  async update(
    ctx: RequestContext,
    id: string,
    body: z.infer<typeof UpdateTemplateBody>,
  ): Promise<z.infer<typeof Template>> {
    const { version, name, category, ...changes } = body;
    return this.change(ctx, id, version, changes, { name, category });
  }

  /** Brings back what the template said; what it says now is kept as a revision too. */
  async restore(
    ctx: RequestContext,
    id: string,
    version: number,
    revisionId: string,
  ): Promise<z.infer<typeof Template>> {
    const { content } = await getRevision(this.db, { templateId: id }, revisionId);
    return this.change(ctx, id, version, content, { restoredFrom: revisionId });
  }

  private async change(
    ctx: RequestContext,
    id: string,
    version: number,
    changes: Partial<ContentBody>,
    { restoredFrom = null, ...said }: Said,
  ): Promise<z.infer<typeof Template>> {
    return this.db.transaction(async (tx) => {
      const before = await findTemplate(tx, ctx.workspaceId, id);
      if (!before) throw notFound('template', id);
      const content = { ...before.content, ...changes } as ContentBody;
      const { name = before.name, category = before.category } = said;
      const row = await updateTemplate(tx, ctx.workspaceId, id, version, { name, category, content });
      if (!row) {
        throw new DomainError('STALE_VERSION', 'Somebody has changed this template since you read it.', {
          help: 'Look at the present state and apply your change to it.',
          extra: { current: toView(before) },
        });
      }
      await recordRevision(tx, ctx, { templateId: id }, { before: before.content, after: row.content, restoredFrom });
      await audit(tx, ctx, 'template.changed', `template:${id}`, { name: before.name }, { name: row.name });
      return toView(row);
    });
  }

  async remove(ctx: RequestContext, id: string): Promise<void> {
    const row = await this.find(ctx, id);
    await this.db.transaction(async (tx) => {
      await deleteTemplate(tx, ctx.workspaceId, id);
      await audit(tx, ctx, 'template.deleted', `template:${id}`, { name: row.name }, null);
    });
  }

  /** @param id of a stored template; null when `content` is given alone */
  async preview(
    ctx: RequestContext,
    id: string | null,
    body: PreviewReader & { content?: ContentBody | undefined },
  ): Promise<z.infer<typeof Preview>> {
    const stored = id ? await this.find(ctx, id) : null;
    const content = body.content ?? stored?.content;
    if (!content) throw new DomainError('VALIDATION_FAILED', 'Give the content to preview.', { property: 'content' });
    return previewContent(this.db, this.compiler, ctx.workspaceId, content, body);
  }

  starters(): z.infer<typeof StarterTemplate>[] {
    return STARTERS;
  }

  /** What a template may say, with the workspace's own fields. */
  async variables(ctx: RequestContext): Promise<z.infer<typeof MergeVariable>[]> {
    const fields = await findFields(this.db, ctx.workspaceId);
    const general = mergeVariablesReference.variables.filter((variable) => !variable.path.startsWith('fields.'));
    const own = fields.map(({ key, label }) => ({
      path: `fields.${key}`,
      label: { zh: label, en: label },
      example: label,
    }));
    return [...general.slice(0, 2), ...own, ...general.slice(2)];
  }

  private async find(ctx: RequestContext, id: string): Promise<TemplateRow> {
    const row = await findTemplate(this.db, ctx.workspaceId, id);
    if (!row) throw notFound('template', id);
    return row;
  }
}

function toView({ content, createdAt, updatedAt, ...row }: TemplateRow): z.infer<typeof Template> {
  return { ...row, ...content, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() };
}

function toSummary({ content, starter: _, createdAt: __, updatedAt, ...row }: ListedTemplate): Summary {
  return { ...row, subject: content.subject, format: formatOf(content), updatedAt: updatedAt.toISOString() };
}
