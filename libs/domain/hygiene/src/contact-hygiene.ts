import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { HYGIENE_RULES, notFound } from '#contracts';
import type { ContactHygiene, HygieneRule } from '#contracts';
import { counting, rowsCounted } from '#engine/hygiene';
import type { RuleSetting } from '#engine/hygiene';
import { Database } from '#platform/database';
import { findContact } from '#domain/contacts';
import type { RequestContext } from '#domain/workspaces';
import { findRecords } from './hit.repository.js';
import { findSettings } from './setting.repository.js';

type View = z.infer<typeof ContactHygiene>;
const BOUNCES_SHOWN = 20;
/** The rows that count by address, with the number at which something happens. */
const LIMITS: Partial<Record<HygieneRule, (setting: RuleSetting) => number | null>> = {
  no_mailbox: () => null,
  suspended: ({ enabled, parameters }) => (enabled ? (parameters['times'] ?? null) : null),
  left_company: ({ enabled, parameters }) => (enabled ? (parameters['times'] ?? null) : null),
  mailbox_full: ({ enabled, parameters }) => (enabled ? (parameters['times'] ?? null) : null),
};

/** What is remembered of a contact's address, and why it is left alone or barred. */
@Injectable()
export class ContactHygieneService {
  constructor(@Inject(Database) private readonly db: Database) {}

  /** @throws DomainError NOT_FOUND */
  async get(ctx: RequestContext, contactId: string): Promise<View> {
    const { workspaceId } = ctx;
    const contact = await findContact(this.db, workspaceId, contactId);
    if (!contact) throw notFound('contact', contactId);
    const { canonical } = contact;
    return {
      suppression: await this.suppression(workspaceId, canonical),
      counters: await this.counters(workspaceId, canonical),
      bounces: await this.bounces(workspaceId, canonical),
    };
  }

  private async suppression(workspaceId: string, canonical: string): Promise<View['suppression']> {
    const row = await this.db.first<
      Omit<NonNullable<View['suppression']>, 'createdAt' | 'expiresAt'> & { createdAt: Date; expiresAt: Date | null }
    >(
      `SELECT id, canonical AS address, reason, detail, note, created_at AS "createdAt", expires_at AS "expiresAt",
         inbound_message_id AS "inboundMessageId"
       FROM suppressions WHERE workspace_id = $1 AND canonical = ANY ($2::text[]) ORDER BY domain NULLS FIRST LIMIT 1`,
      [workspaceId, [canonical, canonical.slice(canonical.lastIndexOf('@'))]],
    );
    if (!row) return null;
    return { ...row, createdAt: row.createdAt.toISOString(), expiresAt: row.expiresAt?.toISOString() ?? null };
  }

  private async counters(workspaceId: string, canonical: string): Promise<View['counters']> {
    const counters: View['counters'] = [];
    const now = Date.now();
    const settings = await findSettings(this.db, workspaceId);
    const recordOf = async (rules: HygieneRule[]) =>
      (await findRecords(this.db, workspaceId, rules, [canonical])).get(canonical);
    for (const rule of HYGIENE_RULES) {
      const limit = LIMITS[rule];
      if (!limit) continue;
      const own = await recordOf([rule]);
      if (!own || own.hits.length === 0) continue;
      const counted = rowsCounted(rule, settings);
      const record = counted.length > 1 ? ((await recordOf(counted)) ?? own) : own;
      counters.push({
        ...{ rule, limit: limit(settings(rule)), counting: counting(record.hits, record.signs, now).length },
        lastAt: new Date(Math.max(...record.hits)).toISOString(),
      });
    }
    return counters;
  }

  private async bounces(workspaceId: string, canonical: string): Promise<View['bounces']> {
    const rows = await this.db.rows<Omit<View['bounces'][number], 'at'> & { at: Date }>(
      `SELECT h.at, h.reason, h.words, h.campaign_id AS "campaignId", c.name AS "campaignName",
         h.inbound_message_id AS "inboundMessageId"
       FROM hygiene_hits h LEFT JOIN campaigns c ON c.id = h.campaign_id AND c.workspace_id = h.workspace_id
       WHERE h.workspace_id = $1 AND h.canonical = $2 ORDER BY h.at DESC LIMIT ${BOUNCES_SHOWN}`,
      [workspaceId, canonical],
    );
    return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
  }
}
