import { EditorContent, useEditor } from '@tiptap/react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useCanvas } from '../canvas-context.js';
import type { RichText } from '../document.js';
import { useLabelOf } from '../../components/variables.js';
import { extensionsFor, toRichText, type RichKind } from './extensions.js';
import { cleanPaste } from './word-paste.js';

interface TextEditorProps {
  content: RichText;
  kind: RichKind;
  headingLevel?: number;
  onChange: (content: RichText) => void;
  /** Esc: back to the block. */
  onLeave: () => void;
}

/** Writing in the mail itself. The cursor begins where the text was clicked, or at its end. */
export function TextEditor({ content, kind, headingLevel, onChange, onLeave }: TextEditorProps) {
  const { t } = useTranslation('blocks');
  const labelOf = useLabelOf();
  const { startedAt, setWriting } = useCanvas();
  const latest = useRef({ onChange, onLeave, own: content });
  useEffect(() => {
    latest.current.onChange = onChange;
    latest.current.onLeave = onLeave;
  });
  const editor = useEditor({
    extensions: extensionsFor(kind, labelOf),
    content,
    immediatelyRender: true,
    shouldRerenderOnTransaction: false,
    editorProps: {
      attributes: { class: 'rich', role: 'textbox', 'aria-multiline': 'true', 'aria-label': t('text.writing') },
      transformPastedHTML: cleanPaste,
      handleKeyDown: (_view, event) => {
        if (event.key !== 'Escape') return false;
        event.preventDefault();
        event.stopPropagation();
        latest.current.onLeave();
        return true;
      },
    },
  });
  useEffect(() => {
    const update = () => {
      latest.current.own = toRichText(editor.getJSON());
      latest.current.onChange(latest.current.own);
    };
    editor.on('update', update);
    return () => void editor.off('update', update);
  }, [editor]);
  // Undo, or someone else's state: what was not written here.
  useEffect(() => {
    if (content === latest.current.own) return;
    latest.current.own = content;
    editor.commands.setContent(content, { emitUpdate: false });
  }, [editor, content]);
  useEffect(() => {
    setWriting(editor);
    const at = startedAt.current && editor.view.posAtCoords({ left: startedAt.current.x, top: startedAt.current.y });
    editor.commands.focus(at ? at.pos : 'end');
    startedAt.current = null;
    return () => setWriting(null);
  }, [editor, setWriting, startedAt]);
  return <EditorContent editor={editor} data-heading={headingLevel} className="rich-frame" />;
}
