import { domainOf } from '#engine/address';
import {
  OutBuffer,
  campaignHeaders,
  compileMessage,
  dateHeader,
  dkimSignatures,
  identityHeaders,
  readDkimKey,
  returnPathOf,
  senderHeaders,
  signingKeyFor,
  subjectHeader,
  toHeader,
} from '#engine/message';
import type { TextPieces } from '#engine/message';
import { createRenderer } from '#engine/render';
import type { BoundRecipient, PartPieces, RenderUrls } from '#engine/render';
import { MAIL_NAME_PREFIX, createTokens } from '#engine/token';
import type { TokenPurpose } from '#engine/token';
import type { RenderRecipient, RenderTask } from './render-task.js';
import { trackingUrls } from './tracking-urls.js';

type Tokens = (purpose: TokenPurpose) => string;

/** One recipient of a message that is being written. */
interface Addressee {
  recipient: RenderRecipient;
  bound: BoundRecipient;
  token: Tokens;
  now: Date;
}

/** Writes the messages of one campaign over one account. */
export interface CampaignMessage {
  /**
   * Appends one recipient's message.
   * @returns the envelope's return path
   * @throws RenderError, MessageError when this recipient's data can't be made into a message; what `out` has got of it
   * by then is of no use
   */
  write(out: OutBuffer, recipient: RenderRecipient, now: Date): string;
}

/** The signs by which what comes back is known, and the addresses in the mail. */
export interface Signs {
  token: Tokens;
  urls: RenderUrls;
}

/** What a message takes from elsewhere than its campaign, its account and its recipient. */
export interface MessageMarks {
  /** Put before the subject. */
  subjectPrefix: string;
  toOf(recipient: RenderRecipient): { name?: string; address: string };
  signsOf(recipient: RenderRecipient): Signs;
}

/** Compiles what every message of a campaign over one account has in common; about a millisecond per 20 kB. */
export function compileCampaignMessage(task: RenderTask, marks: MessageMarks = campaignMarks(task)): CampaignMessage {
  const { campaign, workspace, account } = task;
  const renderer = createRenderer(task.content);
  const writeMessage = compileMessage<Addressee>({
    headers: [
      senderHeaders({
        from: task.from.name ? task.from : { address: task.from.address },
        ...(task.replyTo ? { replyTo: task.replyTo } : {}),
      }),
      ({ recipient }) => toHeader(marks.toOf(recipient)),
      ({ bound }) => subjectHeader(marks.subjectPrefix + renderer.subject(bound)),
      ({ now }) => dateHeader(now),
      ...tokenHeaders(task),
    ],
    html: renderer.pieces.html && slots(renderer.pieces.html),
    text: slots(renderer.pieces.text),
    attachments: task.attachments.map((attachment) => ({ ...attachment, content: Buffer.from(attachment.content) })),
    boundarySeed: campaign.id,
  });
  const key = signingKeyFor(account.keys, domainOf(task.from.address));
  const keys = key ? [readDkimKey(key)] : [];
  const unsigned = new OutBuffer();
  return {
    write(out, recipient, now) {
      const { token, urls } = marks.signsOf(recipient);
      const { name, fields, tags, email, behaviour } = recipient;
      const bound = renderer.bind({ email, name, fields, tags, behaviour, campaign, workspace }, urls);
      const addressee = { recipient, bound, token, now };
      if (keys.length === 0) writeMessage(out, addressee);
      else {
        unsigned.length = 0;
        writeMessage(unsigned, addressee);
        out.add(dkimSignatures(unsigned.written(), keys, now));
        out.add(unsigned.written());
      }
      return returnPathOf(account, bounceName(token), task.from.address);
    },
  };
}

/** Tokens that only this recipient of this campaign can have. */
function campaignMarks({ campaign, tokenKeys, trackingUrl, trackOpens }: RenderTask): MessageMarks {
  return {
    subjectPrefix: '',
    toOf: ({ name, email }) => (name ? { name, address: email } : { address: email }),
    signsOf({ seq }) {
      const token = createTokens({ campaignId: campaign.id, seq }, tokenKeys);
      return { token, urls: trackingUrls(trackingUrl, token, trackOpens) };
    },
  };
}

function bounceName(token: Tokens): string {
  return `${MAIL_NAME_PREFIX.bounce}${token('bounce')}`;
}

function receiptHeader(address: string): [string, string] {
  return ['Disposition-Notification-To', `<${address}>`];
}

function slots(pieces: PartPieces): TextPieces<Addressee> {
  return pieces.map((piece) => (typeof piece === 'string' ? piece : ({ bound }: Addressee) => piece(bound)));
}

/** As long as the longest token, so that headers fold the same way for everyone; no token has a z. */
const PLACES = {
  track: 'zt'.padEnd(40, 'z'),
  unsubscribe: 'zu'.padEnd(40, 'z'),
  bounce: 'zb'.padEnd(40, 'z'),
  'message-id': 'zm'.padEnd(40, 'z'),
  reply: 'zr'.padEnd(40, 'z'),
} as const satisfies Record<TokenPurpose, string>;

/** The headers that carry tokens and those beside them, written once with places and then cut at the places. */
function tokenHeaders(task: RenderTask): TextPieces<Addressee> {
  const purposes = Object.keys(PLACES) as TokenPurpose[];
  const purposeOf = new Map<string, TokenPurpose>(purposes.map((purpose) => [PLACES[purpose], purpose]));
  return headersWithPlaces(task)
    .split(/(z[tubmr]z{38})/)
    .map((piece) => {
      const purpose = purposeOf.get(piece);
      return purpose ? ({ token }: Addressee) => token(purpose) : piece;
    });
}

function headersWithPlaces(task: RenderTask): string {
  const { campaign, workspace, account, from, trackingUrl } = task;
  const place = (purpose: TokenPurpose) => PLACES[purpose];
  const domain = domainOf(from.address);
  const mailto = account.returnPathDomain
    ? { unsubscribeMailto: `${MAIL_NAME_PREFIX.unsubscribe}${place('unsubscribe')}@${account.returnPathDomain}` }
    : {};
  return identityHeaders({
    messageId: `<${MAIL_NAME_PREFIX['message-id']}${place('message-id')}@${domain}>`,
    headers: [
      ...campaignHeaders({
        listId: `${campaign.workspaceId}.lists.${domain}`,
        listName: workspace.name,
        unsubscribeUrl: trackingUrls(trackingUrl, place, false).unsubscribe,
        ...mailto,
        feedbackId: `${campaign.id}:${campaign.workspaceId}:campaign:hongyan`,
        bulk: true,
      }),
      // The reference that comes back with the returned headers where the return path is not ours (QQ, 163, Exmail).
      ['X-Hongyan-Ref', place('reply')],
      // Where bounces go: mail programs that see another address there must warn of it (RFC 8098 section 2.1).
      ...(task.readReceipts ? [receiptHeader(returnPathOf(account, bounceName(place), from.address))] : []),
    ],
  });
}
