import { Inject, Injectable } from '@nestjs/common';
import { DomainError, MessageBody } from '#contracts';
import type { Locale } from '#contracts';
import { Settings } from '#platform/config';
import { Database } from '#platform/database';
import { LOGGER } from '#platform/nest';
import type { Logger } from '#platform/nest';
import { MessagesService } from '#domain/messages';
import type { RequestContext } from '#domain/workspaces';
import { confirmationContent } from './confirmation-content.js';

/** How many mails one sweep hands over. */
const SWEEP_MAX = 100;

interface DueMail {
  id: string;
  workspaceId: string;
  workspace: string;
  email: string;
  name: string;
  token: string;
  mails: number;
  locale: Locale;
  sender: { name: string; address: string };
  lists: string[];
}

/** Turns due requests into triggered messages: the tracker notes who asked, this process can send. */
@Injectable()
export class ConfirmationMails {
  private readonly root: string;

  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(Settings) settings: Settings,
    @Inject(MessagesService) private readonly messages: MessagesService,
    @Inject(LOGGER) private readonly log: Logger,
  ) {
    this.root = settings.get('TRACKING_URL').replace(/\/+$/, '');
  }

  /**
   * Hands over what is due. The key of each message names the request and its how manyth mail it is, so that one of
   * two processes, or one that died between handing over and noting it, makes no second mail.
   */
  async send(): Promise<number> {
    const due = await this.db.rows<DueMail>(
      `SELECT r.id, r.workspace_id AS "workspaceId", w.name AS workspace, r.person->'subscriber'->>'email' AS email,
         r.person->'subscriber'->>'name' AS name, r.token, r.mails, f.locale, f.sender,
         ARRAY(SELECT l.name FROM lists l WHERE l.workspace_id = f.workspace_id AND l.id = ANY (f.lists) ORDER BY l.name)
           AS lists
       FROM subscription_requests r JOIN forms f ON f.id = r.form_id JOIN workspaces w ON w.id = r.workspace_id
       WHERE r.mail_due ORDER BY r.id LIMIT ${SWEEP_MAX}`,
    );
    for (const mail of due) await this.handOver(mail);
    return due.length;
  }

  private async handOver(mail: DueMail): Promise<void> {
    try {
      await this.messages.create(
        contextOf(mail.workspaceId),
        this.messageOf(mail),
        `form-${mail.id}-${mail.mails + 1}`,
      );
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      // A form without a usable sender: trying again each second would not mend it; the next request does.
      this.log.warn({ err: error, request: mail.id }, 'a confirmation mail can not be sent');
    }
    await this.db.run(
      'UPDATE subscription_requests SET mail_due = false, mails = mails + 1 WHERE id = $1 AND mail_due',
      [mail.id],
    );
  }

  private messageOf({ email, name, sender, workspace, lists, locale, token }: DueMail): MessageBody {
    return MessageBody.parse({
      to: { address: email, name: name.slice(0, 100) },
      ...(sender.address ? { from: { address: sender.address, name: sender.name || workspace.slice(0, 100) } } : {}),
      ...confirmationContent(locale),
      data: { workspace, lists: lists.join(locale === 'zh-CN' ? '、' : ', '), url: `${this.root}/s/${token}` },
      tags: ['confirmation'],
    });
  }
}

function contextOf(workspaceId: string): RequestContext {
  return { workspaceId, actor: { type: 'system', name: 'forms' }, role: null, permissions: new Set() };
}
