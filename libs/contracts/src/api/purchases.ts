import { z } from 'zod';
import { Id, Instant, PageQuery, line } from './conventions.js';

/** Orders of one report. */
export const PURCHASES_MAX = 1000;
/** How far back a purchase may lie: as far as a segment can ask. */
export const PURCHASE_DAYS_MAX = 3650;

const OrderId = line(200).meta({ description: 'the shop’s own id of the order' });
const amount = {
  amount: z
    .string()
    .regex(/^\d{1,12}(\.\d{1,4})?$/, 'must be a decimal such as 128.00')
    .meta({ examples: ['128.00'] }),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code such as CNY')
    .meta({ examples: ['CNY'] }),
};

const ReportedPurchase = z
  .strictObject({
    email: z.string().max(400).meta({ description: 'the address of a contact' }),
    orderId: OrderId,
    amount: amount.amount.optional(),
    currency: amount.currency.optional().meta({ description: 'ISO 4217; with `amount` only' }),
    at: Instant.optional().meta({ description: 'when it was ordered; now, when absent. At most ten years ago' }),
  })
  .refine((order) => (order.amount === undefined) === (order.currency === undefined), {
    path: ['currency'],
    message: 'must stand with `amount`, and `amount` with it',
  });
export type ReportedPurchase = z.infer<typeof ReportedPurchase>;

export const PurchasesBody = z.strictObject({
  purchases: z
    .array(ReportedPurchase)
    .min(1)
    .max(PURCHASES_MAX)
    .superRefine((purchases, issues) => {
      const seen = new Set<string>();
      for (const [index, { orderId }] of purchases.entries()) {
        if (seen.has(orderId)) {
          issues.addIssue({ code: 'custom', path: [index, 'orderId'], message: 'stands twice in this report' });
        }
        seen.add(orderId);
      }
    }),
});
export type PurchasesBody = z.infer<typeof PurchasesBody>;

/** What became of an order of a report. */
export const PURCHASE_RESULTS = ['created', 'updated', 'unchanged', 'unknown_contact'] as const;
export type PurchaseResult = (typeof PURCHASE_RESULTS)[number];

export const PurchaseReport = z
  .object({
    items: z
      .array(
        z.object({
          orderId: z.string(),
          result: z.enum(PURCHASE_RESULTS),
          id: Id.nullable().meta({ description: 'null for `unknown_contact`: nothing of it was stored' }),
        }),
      )
      .meta({ description: 'as many as were reported, in the same order' }),
  })
  .meta({ id: 'PurchaseReport' });
export type PurchaseReport = z.infer<typeof PurchaseReport>;

export const Purchase = z
  .object({
    id: Id,
    contactId: Id,
    email: z.string(),
    orderId: OrderId,
    amount: amount.amount.nullable(),
    currency: amount.currency.nullable(),
    at: Instant,
    reportedAt: Instant.meta({ description: 'when it was first reported' }),
  })
  .meta({ id: 'Purchase' });
export type Purchase = z.infer<typeof Purchase>;

export const PurchaseQuery = PageQuery.omit({ q: true, count: true }).extend({
  contact: Id.optional(),
  orderId: z.string().trim().max(200).optional(),
  from: Instant.optional().meta({ description: 'ordered at this time or later' }),
  before: Instant.optional().meta({ description: 'ordered earlier' }),
});
export type PurchaseQuery = z.infer<typeof PurchaseQuery>;
