import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { DomainError, VIEWS_MAX, invalid, notFound } from '#contracts';
import type { SavedView, SavedViewBody, SavedViews, UpdateSavedViewBody } from '#contracts';
import { Database } from '#platform/database';
import type { RequestContext } from './request-context.js';
import {
  deleteSavedView,
  findSavedView,
  hasSavedView,
  holdMember,
  insertSavedView,
  listSavedViews,
  updateSavedView,
} from './saved-view.repository.js';
import type { ViewOwner } from './saved-view.repository.js';

type View = z.output<typeof SavedView>;

/** Lists as a person likes to see them: theirs alone, and so without versions and audit. */
@Injectable()
export class SavedViewsService {
  constructor(@Inject(Database) private readonly db: Database) {}

  async list(ctx: RequestContext): Promise<z.output<typeof SavedViews>> {
    return { items: await listSavedViews(this.db, ownerOf(ctx)) };
  }

  /** @throws DomainError ALREADY_EXISTS for the name, VALIDATION_FAILED when the page has as many as it may */
  create(ctx: RequestContext, body: z.output<typeof SavedViewBody>): Promise<View> {
    const owner = ownerOf(ctx);
    return this.db.transaction(async (tx) => {
      await holdMember(tx, owner);
      if (await hasSavedView(tx, owner, { ...body, except: null })) throw nameTaken(body.name);
      const view = await insertSavedView(tx, owner, body, VIEWS_MAX);
      if (!view) throw invalid('name', 'TOO_MANY', `A page keeps at most ${VIEWS_MAX} views. Delete some first.`);
      return view;
    });
  }

  /** @throws DomainError NOT_FOUND also where it is somebody else's, ALREADY_EXISTS for the name */
  update(ctx: RequestContext, id: string, body: z.output<typeof UpdateSavedViewBody>): Promise<View> {
    const owner = ownerOf(ctx);
    return this.db.transaction(async (tx) => {
      await holdMember(tx, owner);
      const view = await findSavedView(tx, owner, id);
      if (!view) throw notFound('view', id);
      const { name } = body;
      if (name && (await hasSavedView(tx, owner, { page: view.page, name, except: id }))) throw nameTaken(name);
      return updateSavedView(tx, id, body);
    });
  }

  /** @throws DomainError NOT_FOUND also where it is somebody else's */
  async remove(ctx: RequestContext, id: string): Promise<void> {
    if ((await deleteSavedView(this.db, ownerOf(ctx), id)) === 0) throw notFound('view', id);
  }
}

function ownerOf({ workspaceId, actor }: RequestContext): ViewOwner {
  if (actor.type === 'user') return { workspaceId, userId: actor.id };
  throw new DomainError('FORBIDDEN', 'Only a signed-in person has views; an API key has none.');
}

function nameTaken(name: string): DomainError {
  return new DomainError('ALREADY_EXISTS', `There is a view ${name} already.`, { property: 'name' });
}
