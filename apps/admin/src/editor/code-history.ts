import {
  Annotation,
  StateField,
  Transaction,
  type ChangeSet,
  type EditorState,
  type Extension,
  type StateCommand,
} from '@codemirror/state';
import { keymap } from '@codemirror/view';

interface Step {
  /** Brings the text back to what it was before the step. */
  inverse: ChangeSet;
  cursor: number;
}
interface History {
  done: Step[];
  undone: Step[];
  lastAt: number;
}

const PAUSE_MS = 600;
const MOST_STEPS = 400;
const source = Annotation.define<'undo' | 'redo'>();

/** Undo and redo of what the user typed; typing without a pause is one step. */
const history = StateField.define<History>({
  create: () => ({ done: [], undone: [], lastAt: 0 }),
  update(past, transaction) {
    if (!transaction.docChanged) return past;
    const step = {
      inverse: transaction.changes.invert(transaction.startState.doc),
      cursor: transaction.startState.selection.main.head,
    };
    const from = transaction.annotation(source);
    if (from === 'undo') return { done: past.done.slice(0, -1), undone: [...past.undone, step], lastAt: 0 };
    if (from === 'redo') return { done: [...past.done, step], undone: past.undone.slice(0, -1), lastAt: 0 };
    // A text that came from outside is the new beginning.
    if (transaction.annotation(Transaction.addToHistory) === false) return { done: [], undone: [], lastAt: 0 };
    const at = transaction.annotation(Transaction.time) ?? 0;
    const last = past.done.at(-1);
    if (last && at - past.lastAt < PAUSE_MS && transaction.isUserEvent('input.type')) {
      const joined = { inverse: step.inverse.compose(last.inverse), cursor: last.cursor };
      return { done: [...past.done.slice(0, -1), joined], undone: [], lastAt: at };
    }
    return { done: [...past.done, step].slice(-MOST_STEPS), undone: [], lastAt: at };
  },
});

function travel(direction: 'undo' | 'redo'): StateCommand {
  return ({ state, dispatch }) => {
    const past = state.field(history);
    const step = (direction === 'undo' ? past.done : past.undone).at(-1);
    if (!step) return true;
    dispatch(
      state.update({
        changes: step.inverse,
        selection: { anchor: Math.min(step.cursor, step.inverse.newLength) },
        annotations: source.of(direction),
        scrollIntoView: true,
      }),
    );
    return true;
  };
}

/** A new line begins where the one before it does. */
const newLine: StateCommand = ({ state, dispatch }) => {
  if (state.readOnly) return false;
  const indent = indentAt(state, state.selection.main.from);
  dispatch(state.update(state.replaceSelection(`\n${indent}`), { userEvent: 'input', scrollIntoView: true }));
  return true;
};

function select(range: (state: EditorState) => { anchor: number; head?: number }): StateCommand {
  return ({ state, dispatch }) => {
    dispatch(state.update({ selection: range(state), scrollIntoView: true, userEvent: 'select' }));
    return true;
  };
}

function indentAt(state: EditorState, position: number): string {
  const line = state.doc.lineAt(position);
  return /^[ \t]*/.exec(line.text.slice(0, position - line.from))![0];
}

/** Undo, redo, new lines, and the keys that reach beyond what is drawn. Tab is left alone: it leaves the field, as everywhere on the page. */
export const editing: Extension = [
  history,
  keymap.of([
    { key: 'Mod-z', run: travel('undo'), preventDefault: true },
    { key: 'Mod-y', run: travel('redo'), preventDefault: true },
    { key: 'Mod-Shift-z', run: travel('redo'), preventDefault: true },
    { key: 'Enter', run: newLine },
    // The browser knows only the lines that are drawn.
    { key: 'Mod-a', run: select(({ doc }) => ({ anchor: 0, head: doc.length })), preventDefault: true },
    { key: 'Mod-Home', run: select(() => ({ anchor: 0 })), preventDefault: true },
    { key: 'Mod-End', run: select(({ doc }) => ({ anchor: doc.length })), preventDefault: true },
  ]),
];
