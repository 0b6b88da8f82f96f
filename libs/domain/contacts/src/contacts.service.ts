import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { DomainError, notFound } from '#contracts';
import type {
  BulkContactsBody,
  Contact,
  ContactBody,
  ContactExportQuery,
  ContactQuery,
  Page,
  TimelineEntry,
  ContactTimelineQuery,
  UpdateContactBody,
} from '#contracts';
import { Database, decodeCursor, isUniqueViolation, toPage } from '#platform/database';
import type { Sql } from '#platform/database';
import { audit } from '#domain/workspaces';
import type { RequestContext } from '#domain/workspaces';
import { changeContacts } from './bulk-contacts.js';
import { ContactInput } from './contact-input.js';
import { viewContacts } from './contact-view.js';
import {
  countContacts,
  deleteContacts,
  findContact,
  findContactByCanonical,
  findContacts,
  insertContact,
  updateContact,
} from './contact.repository.js';
import type { ContactFilter, ContactRow, ContactRule, ContactValues } from './contact.repository.js';
import { containsPattern } from './contains-pattern.js';
import { exportContacts } from './export-contacts.js';
import { setMemberships } from './memberships.js';
import { decodeIdCursor } from './page-key.js';
import { collectPersonalData } from './personal-data.js';
import { staleVersion } from './stale-version.js';
import { registerTags } from './tag.repository.js';
import { readTimeline } from './timeline.js';

type View = z.infer<typeof Contact>;

/** People who get mail: one contact per address and workspace. */
@Injectable()
export class ContactsService {
  constructor(@Inject(Database) private readonly db: Database) {}

  /** @param rule who belongs to the segment that the query names: segments are a domain to the right */
  async list(ctx: RequestContext, query: z.infer<typeof ContactQuery>, rule?: ContactRule): Promise<Page<View>> {
    const filter = filterOf(query, rule);
    const byEmail = query.sort === 'email';
    const after = byEmail ? emailCursor(query.cursor) : decodeIdCursor(query.cursor);
    const rows = await findContacts(this.db, ctx.workspaceId, filter, { sort: query.sort, after, limit: query.limit });
    const keys = toPage(
      rows,
      query.limit,
      (row) => [byEmail ? row.canonical : row.id],
      (row) => row,
    );
    const page: Page<View> = { items: await viewContacts(this.db, keys.items), nextCursor: keys.nextCursor };
    if (query.count) {
      // A search that finds little has read everybody already.
      const isAll = !after && !keys.nextCursor;
      page.total = isAll ? keys.items.length : await countContacts(this.db, ctx.workspaceId, filter);
    }
    return page;
  }

  /** What the list shows with these filters, as CSV. */
  export(ctx: RequestContext, query: z.infer<typeof ContactExportQuery>, rule?: ContactRule): AsyncGenerator<string> {
    return this.exportAudited(ctx, filterOf(query, rule), query);
  }

  /** The contacts that somebody chose, as CSV. */
  exportChosen(ctx: RequestContext, ids: string[]): AsyncGenerator<string> {
    return this.exportAudited(ctx, { q: null, ids }, { chosen: ids.length });
  }

  /** The trail has who took what home and how many, also of a file that broke off. */
  private async *exportAudited(ctx: RequestContext, filter: ContactFilter, what: object): AsyncGenerator<string> {
    const counted = { contacts: 0 };
    try {
      yield* exportContacts(this.db, ctx.workspaceId, filter, counted);
    } finally {
      await audit(this.db, ctx, 'contacts.exported', 'contacts', null, { ...what, ...counted });
    }
  }

  async get(ctx: RequestContext, id: string): Promise<View> {
    return this.view(this.db, await this.find(this.db, ctx, id));
  }

  /**
   * @throws DomainError ALREADY_EXISTS with the `id` of the contact that has the address, ADDRESS_INVALID,
   * VALIDATION_FAILED
   */
  async create(ctx: RequestContext, body: z.infer<typeof ContactBody>): Promise<View> {
    return this.db.transaction(async (tx) => {
      const input = new ContactInput(tx, ctx.workspaceId);
      const values: ContactValues = {
        ...input.address(body.email),
        name: body.name,
        locale: body.locale,
        timezone: body.timezone,
        fields: await input.fields({}, body.fields),
        tags: unique(body.tags),
      };
      input.check();
      const created = await insertContact(tx, ctx.workspaceId, values);
      if (!created) throw await this.taken(tx, ctx, values);
      await registerTags(tx, ctx.workspaceId, values.tags);
      await setMemberships(tx, ctx.workspaceId, created.id, body.lists ?? []);
      const view = await this.view(tx, await this.find(tx, ctx, created.id));
      await audit(tx, ctx, 'contact.created', `contact:${created.id}`, null, { lists: view.lists.length });
      return view;
    });
  }

  /**
   * Absent properties stay; `tags` replaces, `fields` and `lists` change only the keys and lists they name.
   * @throws DomainError STALE_VERSION with `current`, ALREADY_EXISTS, ADDRESS_INVALID, VALIDATION_FAILED
   */
  async update(ctx: RequestContext, id: string, body: z.infer<typeof UpdateContactBody>): Promise<View> {
    return this.db.transaction(async (tx) => {
      const row = await this.find(tx, ctx, id);
      const before = await this.view(tx, row);
      if (row.version !== body.version) throw staleVersion('contact', before);
      const input = new ContactInput(tx, ctx.workspaceId);
      const values: ContactValues = {
        ...input.address(body.email ?? row.email),
        name: body.name ?? row.name,
        locale: body.locale === undefined ? row.locale : body.locale,
        timezone: body.timezone === undefined ? row.timezone : body.timezone,
        fields: await input.fields(row.fields, body.fields ?? {}),
        tags: body.tags ? unique(body.tags) : row.tags,
      };
      input.check();
      if (!(await this.write(tx, ctx, id, body.version, values))) {
        throw staleVersion('contact', await this.view(tx, await this.find(tx, ctx, id)));
      }
      await registerTags(tx, ctx.workspaceId, body.tags ? values.tags : []);
      await setMemberships(tx, ctx.workspaceId, id, body.lists ?? []);
      const after = await this.view(tx, await this.find(tx, ctx, id));
      await audit(tx, ctx, 'contact.changed', `contact:${id}`, { version: before.version }, changesOf(before, after));
      return after;
    });
  }

  /** Erases the contact and its memberships. A suppression of the address stays. */
  async remove(ctx: RequestContext, id: string): Promise<void> {
    await this.db.transaction(async (tx) => {
      await this.find(tx, ctx, id);
      await deleteContacts(tx, ctx.workspaceId, [id]);
      await audit(tx, ctx, 'contact.removed', `contact:${id}`, null, null);
    });
  }

  change(ctx: RequestContext, body: z.infer<typeof BulkContactsBody>): Promise<{ affected: number }> {
    return this.db.transaction(async (tx) => ({ affected: await changeContacts(tx, ctx, body) }));
  }

  /** Everything kept about the person, for the person. Who handed it out stands in the audit. */
  personalData(ctx: RequestContext, id: string): Promise<Record<string, unknown>> {
    return this.db.transaction(async (tx) => {
      const row = await this.find(tx, ctx, id);
      await audit(tx, ctx, 'contact.data-exported', `contact:${id}`, null, null);
      return collectPersonalData(tx, ctx.workspaceId, await this.view(tx, row), row.canonical);
    });
  }

  async timeline(
    ctx: RequestContext,
    id: string,
    query: z.infer<typeof ContactTimelineQuery>,
  ): Promise<Page<z.infer<typeof TimelineEntry>>> {
    await this.find(this.db, ctx, id);
    return readTimeline(this.db, ctx.workspaceId, id, query);
  }

  private async write(sql: Sql, ctx: RequestContext, id: string, version: number, values: ContactValues) {
    try {
      return await updateContact(sql, ctx.workspaceId, id, version, values);
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      // The transaction is over; ask outside it who has the address.
      throw await this.taken(this.db, ctx, values);
    }
  }

  private async taken(sql: Sql, ctx: RequestContext, { email, canonical }: ContactValues): Promise<DomainError> {
    const other = await findContactByCanonical(sql, ctx.workspaceId, canonical);
    return new DomainError('ALREADY_EXISTS', `${email} is a contact already.`, {
      property: 'email',
      help: 'Change that contact instead.',
      ...(other ? { extra: { id: other.id } } : {}),
    });
  }

  private async find(sql: Sql, ctx: RequestContext, id: string): Promise<ContactRow> {
    const row = await findContact(sql, ctx.workspaceId, id);
    if (!row) throw notFound('contact', id);
    return row;
  }

  private async view(sql: Sql, row: ContactRow): Promise<View> {
    const [view] = await viewContacts(sql, [row]);
    return view as View;
  }
}

function emailCursor(cursor: string | undefined): string | null {
  const values = decodeCursor(cursor, 1);
  return values ? String(values[0]).replaceAll('\0', '') : null;
}

/** Names of what changed, without the values: an erased person must not live on in the audit log. */
function changesOf(before: View, after: View): object {
  const differs = (key: string) =>
    JSON.stringify(before[key as keyof View]) !== JSON.stringify(after[key as keyof View]);
  const properties = Object.keys(after).filter((key) => key !== 'version' && key !== 'updatedAt' && differs(key));
  return { version: after.version, properties };
}

function filterOf(query: z.infer<typeof ContactExportQuery>, rule: ContactRule | undefined): ContactFilter {
  return {
    q: containsPattern(query.q),
    listId: query.list,
    membership: query.membership,
    tag: query.tag?.replaceAll('\0', ''),
    status: query.status,
    rule,
  };
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)];
}
