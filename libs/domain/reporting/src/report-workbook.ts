import type { Readable } from 'node:stream';
import type { z } from 'zod';
import type { CampaignReport, Locale } from '#contracts';
import type { Sql } from '#platform/database';
import { writeWorkbook } from '#domain/contacts';
import type { CellOut, SheetOut } from '#domain/contacts';
import { recipientCells } from './recipients-csv.js';
import { eachRecipient } from './recipients.js';
import { FIGURES, RATES, REPORT_WORDS } from './report-words.js';
import { ReportWording } from './report-wording.js';
import type { Reader } from './report-wording.js';

type Report = z.infer<typeof CampaignReport>;
type Row = readonly CellOut[];

/**
 * The report of a campaign as a workbook: its counts, links, bounces and providers, then every recipient and who was
 * excluded, a page at a time. All of it in the words of its reader; the CSV has the keys of the API.
 */
export function reportWorkbook(sql: Sql, report: Report, reader: Reader): Readable {
  const { locale, timezone } = reader;
  const wording = new ReportWording(reader);
  const { sheets, columns } = REPORT_WORDS[locale];
  const sheet = (name: keyof typeof sheets, rows: Iterable<Row>): SheetOut => ({
    name: sheets[name],
    rows: [columns[name], ...rows],
  });
  return writeWorkbook([
    sheet('report', [
      ...figureRows(report, locale),
      ...rateRows(report, locale),
      [REPORT_WORDS[locale].timezone, timezone],
    ]),
    sheet(
      'links',
      report.links.map(({ url, human, machine }) => [url, human.unique, human.total, machine.total]),
    ),
    sheet(
      'bounces',
      report.bounceReasons.map(({ reason, kind, count, sample }) => [
        wording.reason(reason),
        wording.kind(kind),
        count,
        sample,
      ]),
    ),
    sheet(
      'providers',
      report.providers.map((each) => providerRow(each, wording)),
    ),
    { name: sheets.recipients, rows: recipientRows(sql, report.campaignId, columns.recipients, wording) },
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

function providerRow({ provider, ...n }: Report['providers'][number], wording: ReportWording): Row {
  const { prepared, accepted, rejected, expired, bounced, opened, clicked, replied, unsubscribed, complained } = n;
  return [
    wording.provider(provider),
    ...[prepared, accepted, rejected, expired, bounced, opened, clicked, replied, unsubscribed, complained],
  ];
}

async function* recipientRows(sql: Sql, campaignId: string, head: Row, wording: ReportWording): AsyncGenerator<Row> {
  yield head;
  const say = (column: string, text: string) => wording.cell(column, text);
  for (const event of [undefined, 'excluded'] as const) {
    for await (const recipient of eachRecipient(sql, campaignId, { event })) yield recipientCells(recipient, say);
  }
}
