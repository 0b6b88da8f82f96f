import type { z } from 'zod';
import type { BooleanTest, DateTest, NumberTest, TextTest } from '#contracts';
import { anniversariesOf, daysOf } from './period.js';
import type { Clock } from './period.js';
import type { SqlParameters } from './sql-parameters.js';

/**
 * Tests of one value, in SQL. Each is true or false and never unknown, so that a NOT around it means everybody else:
 * no value is the empty text, and no number, date or truth value at all.
 */

/** @param text SQL of a text that is not null */
export function textTest(text: string, test: z.infer<typeof TextTest>, parameters: SqlParameters): string {
  const value = (words: string) => `lower(${parameters.add(words, 'text')})`;
  switch (test.op) {
    case 'is':
    case 'is_not': {
      // One line each (the contract allows no line break in them), so that Postgres lowers both sides alike.
      const values = `string_to_array(${value(test.values.join('\n'))}, E'\\n')`;
      return `${test.op === 'is' ? '' : 'NOT '}lower(${text}) = ANY (${values})`;
    }
    case 'contains':
      return `strpos(lower(${text}), ${value(test.value)}) > 0`;
    case 'contains_not':
      return `strpos(lower(${text}), ${value(test.value)}) = 0`;
    case 'starts_with':
      return `starts_with(lower(${text}), ${value(test.value)})`;
    case 'ends_with':
      return `starts_with(reverse(lower(${text})), reverse(${value(test.value)}))`;
    case 'set':
      return `${text} <> ''`;
    case 'empty':
      return `${text} = ''`;
  }
}

const COMPARISONS = { eq: '=', lt: '<', lte: '<=', gt: '>', gte: '>=' } as const;

/** @param json SQL of a jsonb number, or null where there is none */
export function numberTest(json: string, test: z.infer<typeof NumberTest>, parameters: SqlParameters): string {
  const value = (number: number) => parameters.add(JSON.stringify(number), 'jsonb');
  switch (test.op) {
    case 'set':
    case 'empty':
      return `${json} IS ${test.op === 'set' ? 'NOT ' : ''}NULL`;
    case 'between':
      return `coalesce(${json} BETWEEN ${value(test.from)} AND ${value(test.to)}, false)`;
    case 'ne':
      return `NOT coalesce(${json} = ${value(test.value)}, false)`;
    default:
      return `coalesce(${json} ${COMPARISONS[test.op]} ${value(test.value)}, false)`;
  }
}

/** @param json SQL of a jsonb truth value, or null where there is none */
export function booleanTest(json: string, test: z.infer<typeof BooleanTest>, parameters: SqlParameters): string {
  if (test.op === 'is') return `coalesce(${json} = ${parameters.add(JSON.stringify(test.value), 'jsonb')}, false)`;
  return `${json} IS ${test.op === 'set' ? 'NOT ' : ''}NULL`;
}

/** @param text SQL of a day `YYYY-MM-DD`, or null where there is none */
export function dateTest(
  text: string,
  test: z.infer<typeof DateTest>,
  parameters: SqlParameters,
  clock: Clock,
): string {
  switch (test.op) {
    case 'set':
    case 'empty':
      return `${text} IS ${test.op === 'set' ? 'NOT ' : ''}NULL`;
    case 'anniversary_today':
    case 'anniversary_this_month':
    case 'anniversary_in_next':
      return `coalesce(substr(${text}, 6) = ANY (${parameters.add(anniversariesOf(test, clock), 'text[]')}), false)`;
    default: {
      const days = daysOf(test, clock);
      const bounds = [
        ...(days?.from ? [`${text} COLLATE "C" >= ${parameters.add(days.from, 'text')}`] : []),
        ...(days?.before ? [`${text} COLLATE "C" < ${parameters.add(days.before, 'text')}`] : []),
      ];
      return `coalesce(${bounds.join(' AND ')}, false)`;
    }
  }
}
