import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { DomainError, FormBody, applyPatch, notFound } from '#contracts';
import type { FieldError, FormView, Page, PageQuery, UpdateFormBody } from '#contracts';
import { parseAddress } from '#engine/address';
import { Settings } from '#platform/config';
import { Database, isUniqueViolation, toPage } from '#platform/database';
import type { Sql } from '#platform/database';
import { containsPattern, decodeIdCursor, findFields, findListRefs } from '#domain/contacts';
import { audit } from '#domain/workspaces';
import type { RequestContext } from '#domain/workspaces';
import { countForms, deleteForm, findForm, findForms, insertForm, updateForm } from './form.repository.js';
import type { FormRow, FormValues } from './form.repository.js';

type Body = z.infer<typeof FormBody>;

/** Subscription forms: pages of ours on which people put themselves on lists. */
@Injectable()
export class FormsService {
  private readonly root: string;

  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(Settings) settings: Settings,
  ) {
    this.root = settings.get('TRACKING_URL').replace(/\/+$/, '');
  }

  async list(ctx: RequestContext, query: PageQuery): Promise<Page<FormView>> {
    const q = containsPattern(query.q);
    const rows = await findForms(this.db, ctx.workspaceId, {
      before: decodeIdCursor(query.cursor),
      limit: query.limit,
      q,
    });
    const page: Page<FormView> = toPage(
      rows,
      query.limit,
      (row) => [row.id],
      (row) => this.view(row),
    );
    if (query.count) page.total = (await countForms(this.db, ctx.workspaceId, q))?.n ?? 0;
    return page;
  }

  async get(ctx: RequestContext, id: string): Promise<FormView> {
    return this.view(await this.find(this.db, ctx, id));
  }

  /** @throws DomainError VALIDATION_FAILED at `lists`, `fields` or `from`, ALREADY_EXISTS for a taken name */
  create(ctx: RequestContext, body: Body): Promise<FormView> {
    return this.writing(body.name, async (tx) => {
      await check(tx, ctx.workspaceId, body);
      const row = await insertForm(tx, ctx.workspaceId, randomBytes(12).toString('base64url'), valuesOf(body));
      if (!row) throw new Error('the form was not inserted');
      await audit(tx, ctx, 'form.created', `form:${row.id}`, null, body);
      return this.view(await this.find(tx, ctx, row.id));
    });
  }

  /** @throws DomainError STALE_VERSION with `current`, and as {@link create} */
  update(ctx: RequestContext, id: string, { version, ...changes }: z.infer<typeof UpdateFormBody>): Promise<FormView> {
    return this.writing(changes.name ?? '', async (tx) => {
      const before = this.view(await this.find(tx, ctx, id));
      const body: Body = FormBody.parse(applyPatch(FormBody, bodyOf(before), changes));
      await check(tx, ctx.workspaceId, body);
      if (!(await updateForm(tx, ctx.workspaceId, id, version, valuesOf(body)))) {
        const current = this.view(await this.find(tx, ctx, id));
        throw new DomainError('STALE_VERSION', 'Somebody else has changed the form in the meantime.', {
          help: 'Look at what it says now and make your change again.',
          extra: { current },
        });
      }
      await audit(tx, ctx, 'form.changed', `form:${id}`, bodyOf(before), body);
      return this.view(await this.find(tx, ctx, id));
    });
  }

  /** Its page is gone at once, and requests made on it can't be confirmed any more. */
  async remove(ctx: RequestContext, id: string): Promise<void> {
    await this.db.transaction(async (tx) => {
      const before = this.view(await this.find(tx, ctx, id));
      await deleteForm(tx, ctx.workspaceId, id);
      await audit(tx, ctx, 'form.removed', `form:${id}`, bodyOf(before), null);
    });
  }

  private writing(name: string, work: Parameters<Database['transaction']>[0]): Promise<FormView> {
    return (this.db.transaction(work) as Promise<FormView>).catch((error: unknown) => {
      if (!isUniqueViolation(error)) throw error;
      throw new DomainError('ALREADY_EXISTS', `There is a form ${name} already.`, { property: 'name' });
    });
  }

  private async find(sql: Sql, ctx: RequestContext, id: string): Promise<FormRow> {
    const row = await findForm(sql, ctx.workspaceId, id);
    if (!row) throw notFound('form', id);
    return row;
  }

  private view({ texts, sender, waiting, confirmed, createdAt, updatedAt, ...row }: FormRow): FormView {
    return {
      ...row,
      ...texts,
      from: sender,
      url: `${this.root}/f/${row.publicId}`,
      counts: { waiting, confirmed },
      createdAt: createdAt.toISOString(),
      updatedAt: updatedAt.toISOString(),
    };
  }
}

function valuesOf({ title, intro, button, thanks, consent, from, ...body }: Body): FormValues {
  return { ...body, texts: { title, intro, button, thanks, consent }, sender: from };
}

function bodyOf({ id: _id, version: _v, publicId: _p, url: _u, counts: _c, ...view }: FormView): Body {
  const { createdAt: _at, updatedAt: _changed, ...body } = view;
  return body;
}

async function check(sql: Sql, workspaceId: string, body: Body): Promise<void> {
  const errors: FieldError[] = [];
  const lists = new Set((await findListRefs(sql, workspaceId, body.lists)).map(({ id }) => id));
  const fields = new Set((await findFields(sql, workspaceId)).map(({ key }) => `field:${key}`));
  body.lists.forEach((id, index) => {
    const message = `There is no list ${id} in this workspace.`;
    if (!lists.has(id)) errors.push({ property: `lists.${index}`, code: 'NOT_FOUND', message });
  });
  body.fields.forEach(({ key }, index) => {
    const property = `fields.${index}.key`;
    if (key !== 'name' && !fields.has(key)) {
      const message = `There is no ${key}. Create the field under /fields first.`;
      errors.push({ property, code: 'UNKNOWN_FIELD', message });
    }
    if (body.fields.findIndex((other) => other.key === key) < index) {
      errors.push({ property, code: 'ALREADY_THERE', message: `The form asks for ${key} twice. Remove one.` });
    }
  });
  const address = body.from.address ? parseAddress(body.from.address) : null;
  if (address && !address.ok) {
    errors.push({ property: 'from.address', code: address.code, message: address.message });
  }
  if (errors[0]) throw new DomainError('VALIDATION_FAILED', errors[0].message, { errors });
}
