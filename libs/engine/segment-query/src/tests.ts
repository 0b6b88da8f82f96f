import type { z } from 'zod';
import type { BooleanTest, DateTest, NumberTest, TextTest } from '#contracts';
import { anniversariesOf, daysOf } from './period.js';
import type { Clock } from './period.js';
import type { SqlParameters } from './sql-parameters.js';

/**
 * Tests of one value, in SQL. Each is true or false and never unknown, so that a NOT around it means everybody else:
 * no value is the empty text, and no number, date or truth value at all. The `coalesce` that makes it so has another use:
 * Postgres knows nothing of values within jsonb and guesses one in two hundred for an equality. For a coalesce it guesses
 * half, and so never looks up row by row what most contacts have.
 */

/** @param text SQL of a text, or null where there is none */
export function textTest(text: string, test: z.infer<typeof TextTest>, parameters: SqlParameters): string {
  const value = (words: string) => `lower(${parameters.add(words, 'text')})`;
  const lower = `lower(${text})`;
  switch (test.op) {
    case 'is':
    case 'is_not': {
      // One line each (the contract allows no line break in them), so that Postgres lowers both sides alike.
      const values = `string_to_array(${value(test.values.join('\n'))}, E'\\n')`;
      return `${test.op === 'is' ? '' : 'NOT '}coalesce(${lower} = ANY (${values}), false)`;
    }
    case 'contains':
      return `coalesce(strpos(${lower}, ${value(test.value)}) > 0, false)`;
    case 'contains_not':
      return `coalesce(strpos(${lower}, ${value(test.value)}) = 0, true)`;
    case 'starts_with':
      return `coalesce(starts_with(${lower}, ${value(test.value)}), false)`;
    case 'ends_with':
      return `coalesce(starts_with(reverse(${lower}), reverse(${value(test.value)})), false)`;
    case 'set':
      return `coalesce(${text} <> '', false)`;
    case 'empty':
      return `coalesce(${text} = '', true)`;
  }
}

const COMPARISONS = { lt: '<', lte: '<=', gt: '>', gte: '>=' } as const;

/** @param key of a field that holds numbers */
export function numberTest(key: string, test: z.infer<typeof NumberTest>, parameters: SqlParameters): string {
  const value = (number: number) => parameters.add(JSON.stringify(number), 'jsonb');
  switch (test.op) {
    case 'set':
    case 'empty':
      return presence(key, test.op, parameters);
    case 'eq':
    case 'ne':
      return `${test.op === 'eq' ? '' : 'NOT '}${holds(key, test.value, parameters)}`;
    case 'between':
      return `coalesce(${fieldJson(key, parameters)} BETWEEN ${value(test.from)} AND ${value(test.to)}, false)`;
    default:
      return `coalesce(${fieldJson(key, parameters)} ${COMPARISONS[test.op]} ${value(test.value)}, false)`;
  }
}

/** @param key of a field that holds truth values */
export function booleanTest(key: string, test: z.infer<typeof BooleanTest>, parameters: SqlParameters): string {
  return test.op === 'is' ? holds(key, test.value, parameters) : presence(key, test.op, parameters);
}

/** Containment: one look into the document, where taking the value out and comparing it are two, and a copy. */
function holds(key: string, value: number | boolean, parameters: SqlParameters): string {
  return `coalesce(c.fields @> ${parameters.add(JSON.stringify({ [key]: value }), 'jsonb')}, false)`;
}

function presence(key: string, op: 'set' | 'empty', parameters: SqlParameters): string {
  return `${op === 'set' ? '' : 'NOT '}coalesce(c.fields ? ${parameters.add(key, 'text')}, false)`;
}

function fieldJson(key: string, parameters: SqlParameters): string {
  return `(c.fields->${parameters.add(key, 'text')})`;
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
