import type { Readable } from 'node:stream';
import type { z } from 'zod';
import type { CampaignReport, Locale } from '#contracts';
import type { Sql } from '#platform/database';
import { writeWorkbook } from '#domain/contacts';
import type { CellOut, SheetOut } from '#domain/contacts';
import { recipientCells } from './recipients-csv.js';
import { eachRecipient } from './recipients.js';
import { FIGURES, RATES, REPORT_WORDS } from './report-words.js';

type Report = z.infer<typeof CampaignReport>;
type Row = readonly CellOut[];

/**
 * The report of a campaign as a workbook: its counts, links, bounces and providers, then every recipient and who was
 * excluded, a page at a time.
 */
export function reportWorkbook(sql: Sql, report: Report, locale: Locale): Readable {
  const { sheets, columns } = REPORT_WORDS[locale];
  const sheet = (name: keyof typeof sheets, rows: Iterable<Row>): SheetOut => ({
    name: sheets[name],
    rows: [columns[name], ...rows],
  });
  return writeWorkbook([
    sheet('report', [...figureRows(report, locale), ...rateRows(report, locale)]),
    sheet(
      'links',
      report.links.map(({ url, human, machine }) => [url, human.unique, human.total, machine.total]),
    ),
    sheet(
      'bounces',
      report.bounceReasons.map(({ reason, kind, count, sample }) => [reason, kind, count, sample]),
    ),
    sheet('providers', report.providers.map(providerRow)),
    { name: sheets.recipients, rows: recipientRows(sql, report.campaignId, columns.recipients) },
  ]);
}

function figureRows({ counts, rates, opens, clicks }: Report, locale: Locale): Row[] {
  const figures = {
    ...counts,
    sent: rates.delivery.of,
    machineOpened: opens.machine.unique,
    machineClicked: clicks.machine.unique,
  };
  return FIGURES.map((name) => [REPORT_WORDS[locale].figures[name], figures[name]]);
}

function rateRows({ rates }: Report, locale: Locale): Row[] {
  return RATES.map((name) => {
    const { count, of } = rates[name];
    return [REPORT_WORDS[locale].rates[name], count, of, of === 0 ? '' : Math.round((count * 10_000) / of) / 100];
  });
}

function providerRow({ provider, ...n }: Report['providers'][number]): Row {
  const { prepared, accepted, rejected, expired, bounced, opened, clicked, replied, unsubscribed, complained } = n;
  return [
    provider,
    ...[prepared, accepted, rejected, expired, bounced, opened, clicked, replied, unsubscribed, complained],
  ];
}

async function* recipientRows(sql: Sql, campaignId: string, head: Row): AsyncGenerator<Row> {
  yield head;
  for (const event of [undefined, 'excluded'] as const) {
    for await (const recipient of eachRecipient(sql, campaignId, { event })) yield recipientCells(recipient);
  }
}
