import type { TableColumnType } from 'antd';
import { currentWorkspaceId } from '../api/workspace.js';
import type { useListParams } from './use-list-params.js';

/** A column of a list. One with a `choice` may be left out by the user, and is there at first where that is `usual`. */
export type Column<T> = TableColumnType<T> & { choice?: 'usual' | 'extra' };

export interface ColumnChoice {
  choices: { key: string; label: string }[];
  shown: string[];
  /** Whether the columns are those one begins with. */
  usual: boolean;
  choose: (keys: string[]) => void;
  /** The columns that an address asks for, always in the same order; null asks for those chosen last. */
  textOf: (asked: string | null) => string;
}

/** What stands in the address where every column that may be left out is. */
const NONE = '-';

/**
 * Which columns of a list are shown: those in the address (`columns=status,field.city`), else those chosen last in this
 * browser, else the usual ones. No choice where every column is always there.
 */
export function useColumns<T>(
  name: string,
  columns: Column<T>[],
  params: ReturnType<typeof useListParams>,
): { visible: Column<T>[]; choice: ColumnChoice | undefined } {
  const choices = columns.filter(({ choice }) => choice);
  if (choices.length === 0) return { visible: columns, choice: undefined };
  // Custom fields are columns too, and every workspace has its own.
  const place = `hongyan.columns.${currentWorkspaceId()}.${name}`;
  const keyOf = ({ key }: Column<T>) => String(key);
  const usualText = textOfKeys(choices.filter(({ choice }) => choice === 'usual').map(keyOf));
  const textOf = (asked: string | null) => {
    const wanted = (asked ?? localStorage.getItem(place) ?? usualText).split(',');
    return textOfKeys(choices.map(keyOf).filter((key) => wanted.includes(key)));
  };
  const text = textOf(params.columns);
  const shown = text.split(',');
  const choose = (keys: string[]) => {
    const chosen = textOf(textOfKeys(keys));
    if (chosen === usualText) localStorage.removeItem(place);
    else localStorage.setItem(place, chosen);
    params.change({ columns: chosen });
  };
  return {
    visible: columns.filter((column) => !column.choice || shown.includes(keyOf(column))),
    choice: {
      choices: choices.map((column) => ({ key: keyOf(column), label: String(column.title) })),
      shown,
      usual: text === usualText,
      choose,
      textOf,
    },
  };
}

function textOfKeys(keys: string[]): string {
  return keys.join(',') || NONE;
}
