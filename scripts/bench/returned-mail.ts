import { dsn, feedbackReport, reply } from '../../apps/inbound/src/testing/reports.js';
import { namesOf } from '../../apps/inbound/src/testing/sent-campaign.js';
import type { SentCampaign } from '../../apps/inbound/src/testing/sent-campaign.js';

/** What comes back to a campaign: of ten mails six hard bounces, two soft ones, one complaint, one person's answer. */
export const MIX = ['hard', 'hard', 'soft', 'hard', 'hard', 'complaint', 'hard', 'soft', 'hard', 'reply'] as const;
export type ReturnedKind = (typeof MIX)[number];

export function kindOf(seq: number): ReturnedKind {
  return MIX[seq % MIX.length]!;
}

/** Servers on the way, as they stand in what comes back. */
const RECEIVED = Array.from(
  { length: 8 },
  (_, hop) =>
    `Received: from relay${hop}.isp.example (relay${hop}.isp.example [192.0.2.${hop + 1}]) by mx${hop}.isp.example (Postfix) with ESMTPS id 4AbCdE${hop}F for <reader@isp.example>; Sun, 22 Nov 2026 10:00:0${hop} +0000`,
);
const PARAGRAPH =
  'Every autumn the geese fly over the valley, and every autumn we put the best new titles on one table. ';

/** One mail of about 5 kB about the recipient `seq`, to an ordinary mailbox: its names stand in the returned headers. */
export function returnedMail(campaign: SentCampaign, seq: number): Buffer {
  const { messageId, reference } = namesOf(campaign.campaignId, seq);
  const thread = [`In-Reply-To: ${messageId}`, `References: ${messageId}`];
  const original = [
    ...RECEIVED,
    `Message-ID: ${messageId}`,
    `X-Hongyan-Ref: ${reference}`,
    'From: Skylark Books <news@brand.example>',
    `To: ${campaign.address(seq)}`,
    'Subject: =?utf-8?B?56eL5a2j5paw5Lmm?=',
    ...Array.from({ length: 24 }, (_, n) => `X-Filter-${n}: ${'0123456789abcdef'.repeat(6)}`),
  ];
  const about = { address: campaign.address(seq), original };
  switch (kindOf(seq)) {
    case 'hard':
      return Buffer.from(dsn(about));
    case 'soft':
      return Buffer.from(dsn(about, '5.2.2', '552 5.2.2 Mailbox full'));
    case 'complaint':
      return Buffer.from(feedbackReport(about));
    case 'reply':
      return Buffer.from(
        reply(
          { ...about, original: [...RECEIVED, ...thread] },
          `Thank you ${seq}!\r\n\r\n> ${PARAGRAPH.repeat(28)}\r\n`,
        ),
      );
  }
}
