import { html } from '@codemirror/lang-html';
import { bracketMatching, defaultHighlightStyle, syntaxHighlighting } from '@codemirror/language';
import {
  Compartment,
  EditorState,
  RangeSetBuilder,
  StateEffect,
  StateField,
  Transaction,
  type Extension,
} from '@codemirror/state';
import {
  Decoration,
  EditorView,
  MatchDecorator,
  ViewPlugin,
  highlightActiveLine,
  highlightActiveLineGutter,
  lineNumbers,
  type DecorationSet,
  type ViewUpdate,
} from '@codemirror/view';
import { editing } from './code-history.js';
import type { BodyFormat } from './content.js';

/** Lines with a problem, 1-based, and how bad it is. */
export type LineMarks = Map<number, 'error' | 'warning'>;

const setMarks = StateEffect.define<LineMarks>();

/** Colours the lines that the server complains about. */
const lineMarks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(old, transaction) {
    let marks = old.map(transaction.changes);
    for (const effect of transaction.effects) if (effect.is(setMarks)) marks = draw(transaction.state, effect.value);
    return marks;
  },
  provide: (field) => EditorView.decorations.from(field),
});

function draw(state: EditorState, lines: LineMarks): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  for (const [line, severity] of [...lines].sort(([a], [b]) => a - b)) {
    if (line > state.doc.lines) continue;
    const { from } = state.doc.line(line);
    builder.add(from, from, Decoration.line({ class: `cm-problem-${severity}` }));
  }
  return builder.finish();
}

/** Variables and blocks stand out from the markup around them. */
const tagMatcher = new MatchDecorator({
  regexp: /\{\{[^{}]{0,500}\}\}/g,
  decoration: Decoration.mark({ class: 'cm-merge-tag' }),
});
const mergeTags = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = tagMatcher.createDeco(view);
    }
    update(update: ViewUpdate) {
      this.decorations = tagMatcher.updateDeco(update, this.decorations);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

const look = EditorView.theme({
  '&': { height: '100%', fontSize: '13px', backgroundColor: '#fff' },
  '.cm-scroller': { fontFamily: "ui-monospace, SFMono-Regular, Menlo, Consolas, 'Noto Sans Mono CJK SC', monospace" },
  '.cm-activeLine': { backgroundColor: 'transparent' },
  '.cm-gutters': { backgroundColor: '#f7f8fa', color: '#595959', borderRight: '1px solid #e4e6eb' },
  '&.cm-focused': { outline: '2px solid #1554ad', outlineOffset: '-2px' },
  '.cm-merge-tag': { backgroundColor: '#e8f0fb', borderRadius: '3px', color: '#0b3d91' },
  '.cm-problem-error': { boxShadow: 'inset 4px 0 #a8071a, inset 0 1px #f0b8b2, inset 0 -1px #f0b8b2' },
  '.cm-problem-warning': { boxShadow: 'inset 4px 0 #c27800, inset 0 1px #f2dca6, inset 0 -1px #f2dca6' },
});

function language(format: BodyFormat): Extension {
  if (format === 'text') return [];
  return html({ matchClosingTags: format === 'html', selfClosingTags: format === 'mjml' });
}

interface CodeOptions {
  doc: string;
  format: BodyFormat;
  label: string;
  readOnly: boolean;
  onChange: (text: string) => void;
}

/** One code editor in an element. */
export interface CodeView {
  /** Replaces everything, unless it already reads so. */
  setText(text: string): void;
  setFormat(format: BodyFormat, label: string): void;
  setMarks(marks: LineMarks): void;
  insert(text: string): void;
  goToLine(line: number): void;
  destroy(): void;
}

/** Starts CodeMirror in `parent`. In a file of its own, so that only the editor's screens load the library. */
export function startCodeView(parent: HTMLElement, options: CodeOptions): CodeView {
  const tongue = new Compartment();
  const naming = new Compartment();
  const name = (label: string) => EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' });
  let silent = false;
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: options.doc,
      extensions: [
        lineNumbers(),
        highlightActiveLine(),
        highlightActiveLineGutter(),
        bracketMatching(),
        syntaxHighlighting(defaultHighlightStyle),
        editing,
        EditorView.lineWrapping,
        EditorState.readOnly.of(options.readOnly),
        tongue.of(language(options.format)),
        naming.of(name(options.label)),
        lineMarks,
        mergeTags,
        look,
        EditorView.updateListener.of((update) => {
          if (update.docChanged && !silent) options.onChange(update.state.doc.toString());
        }),
      ],
    }),
  });
  return {
    setText(text) {
      if (view.state.doc.toString() === text) return;
      silent = true;
      view.dispatch({
        changes: { from: 0, to: view.state.doc.length, insert: text },
        annotations: Transaction.addToHistory.of(false),
      });
      silent = false;
    },
    setFormat(format, label) {
      view.dispatch({ effects: [tongue.reconfigure(language(format)), naming.reconfigure(name(label))] });
    },
    setMarks: (marks) => view.dispatch({ effects: setMarks.of(marks) }),
    insert(text) {
      view.dispatch(view.state.replaceSelection(text));
      view.focus();
    },
    goToLine(line) {
      const { from } = view.state.doc.line(Math.min(Math.max(line, 1), view.state.doc.lines));
      view.dispatch({ selection: { anchor: from }, effects: EditorView.scrollIntoView(from, { y: 'center' }) });
      view.focus();
    },
    destroy: () => view.destroy(),
  };
}
