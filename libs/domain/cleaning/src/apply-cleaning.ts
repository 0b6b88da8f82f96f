import type { AddressReason, CleaningAction } from '#contracts';
import type { Database, Transaction } from '#platform/database';
import {
  changeAddresses,
  joinList,
  leaveList,
  registerTags,
  rejoinList,
  restoreAddresses,
  tagContacts,
  unjoinList,
  untagContacts,
} from '#domain/contacts';
import type { AddressBefore, MembershipBefore, Undoable } from '#domain/contacts';
import { takeBackSuppressed, suppressContacts } from '#domain/suppressions';
import type { Suppressed } from '#domain/suppressions';
import { countDone, keepCleaning, moveCleaning } from './cleaning.repository.js';
import type { CleaningDone, CleaningRecord } from './cleaning.repository.js';
import { findRowsToApply, findRowsToUndo, forgetActions, keepBefore } from './cleaning-rows.js';
import { CleaningStopped } from './cleaning-stopped.js';

/** Contacts a transaction changes: their locks are held for about a second. */
const PAGE = 2_000;
/** Why a membership ended: who left the list by a cleaning can come back by its undo. */
const SOURCE = 'cleaning';
const DONE: Record<Exclude<CleaningAction, 'keep'>, keyof CleaningDone> = {
  leave: 'left',
  suppress: 'suppressed',
  correct: 'corrected',
  tag: 'tagged',
  invite: 'invited',
};

type Row = { contactId: string; reason: AddressReason; suggestion: string | null };

/**
 * Does what was chosen, page by page, each in a transaction with the images an undo needs. A runner that takes over goes
 * on behind the last page.
 * @throws CleaningStopped when it was taken over
 */
export async function applyCleaning(db: Database, row: CleaningRecord, signal: AbortSignal | undefined): Promise<void> {
  const actionOf = new Map((row.actions ?? []).map(({ reason, action }) => [reason, action]));
  const reasons = [...actionOf].filter(([, action]) => action !== 'keep').map(([reason]) => reason);
  if (row.tag !== null) await registerTags(db, row.workspaceId, [row.tag]);
  await inPages(db, row, signal, async (tx) => {
    const rows = await findRowsToApply(tx, row.id, reasons, row.reached, PAGE);
    for (const action of ['leave', 'suppress', 'correct', 'tag', 'invite'] as const) {
      const these = rows.filter(({ reason }) => actionOf.get(reason) === action);
      const changed = these.length > 0 ? await act(tx, row, action, these) : [];
      await keepBefore(tx, row.id, action, changed);
      count(row, DONE[action], changed.length);
      count(row, 'unchanged', these.length - changed.length);
    }
    return rows;
  });
  await moveCleaning(db, row.id, ['applying'], 'applied');
}

/** Takes back what {@link applyCleaning} did, except what somebody has changed since. */
export async function undoCleaning(db: Database, row: CleaningRecord, signal: AbortSignal | undefined): Promise<void> {
  await inPages(db, row, signal, async (tx) => {
    const rows = await findRowsToUndo(tx, row.id, row.reached, PAGE);
    const of = <Before>(action: CleaningAction) =>
      rows.filter((each) => each.action === action) as unknown as Undoable<Before>[];
    await rejoinList(tx, row.listId, of<MembershipBefore>('leave'), SOURCE);
    const invited = of<null>('invite').map(({ contactId }) => contactId);
    await unjoinList(tx, row.listId, invited, SOURCE);
    await restoreAddresses(tx, row.workspaceId, of<AddressBefore>('correct'));
    const barred = of<Suppressed>('suppress').map(({ before }) => before);
    await takeBackSuppressed(tx, row.workspaceId, barred);
    const tagged = of<null>('tag').map(({ contactId }) => contactId);
    if (row.tag !== null) await untagContacts(tx, row.workspaceId, tagged, row.tag);
    await forgetActions(
      tx,
      row.id,
      rows.map(({ contactId }) => contactId),
    );
    return rows;
  });
  await moveCleaning(db, row.id, ['undoing'], 'undone');
}

async function act(
  tx: Transaction,
  row: CleaningRecord,
  action: Exclude<CleaningAction, 'keep'>,
  rows: readonly Row[],
): Promise<{ contactId: string; before: unknown }[]> {
  const ids = rows.map(({ contactId }) => contactId);
  switch (action) {
    case 'leave':
      return leaveList(tx, row.listId, ids, SOURCE);
    case 'suppress': {
      const wanted = rows.map(({ contactId, reason }) => ({ contactId, detail: `cleaning ${row.id}: ${reason}` }));
      const barred = await suppressContacts(tx, row.workspaceId, wanted);
      return barred.map((before) => ({ contactId: before.contactId, before }));
    }
    case 'correct':
      return changeAddresses(
        tx,
        row.workspaceId,
        rows.flatMap(({ contactId, suggestion }) => (suggestion ? [{ contactId, email: suggestion }] : [])),
      );
    case 'invite':
      return (await joinList(tx, row.workspaceId, row.listId, ids, SOURCE)).map((contactId) => ({
        contactId,
        before: {},
      }));
    case 'tag':
      return (await tagContacts(tx, row.workspaceId, ids, row.tag ?? '')).map((contactId) => ({
        contactId,
        before: {},
      }));
  }
}

async function inPages(
  db: Database,
  row: CleaningRecord,
  signal: AbortSignal | undefined,
  work: (tx: Transaction) => Promise<{ contactId: string }[]>,
): Promise<void> {
  for (;;) {
    signal?.throwIfAborted();
    const more = await db.transaction(async (tx) => {
      if (!(await keepCleaning(tx, row))) throw new CleaningStopped();
      const rows = await work(tx);
      const last = rows.at(-1);
      if (!last) return false;
      row.reached = last.contactId;
      await countDone(tx, row);
      return rows.length === PAGE;
    });
    if (!more) return;
  }
}

function count(row: CleaningRecord, what: keyof CleaningDone, n: number): void {
  row.done[what] = (row.done[what] ?? 0) + n;
}
