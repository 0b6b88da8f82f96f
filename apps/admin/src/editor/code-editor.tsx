import { Skeleton } from 'antd';
import { useEffect, useImperativeHandle, useRef, useState, type Ref } from 'react';
import type { CodeView, LineMarks } from './code-view.js';
import type { BodyFormat } from './content.js';

/** What others may ask of the editor: put something at the cursor, show a line. */
export interface CodeHandle {
  insert: (text: string) => void;
  goToLine: (line: number) => void;
}

interface CodeEditorProps {
  ref?: Ref<CodeHandle>;
  value: string;
  format: BodyFormat;
  /** Names the editor for screen readers. */
  label: string;
  marks: LineMarks;
  readOnly?: boolean;
  onChange: (text: string) => void;
}

/** A code field with line numbers, colours and marked lines. Tab leaves it, so that the keyboard is never trapped. */
export function CodeEditor({ ref, value, format, label, marks, readOnly = false, onChange }: CodeEditorProps) {
  const element = useRef<HTMLDivElement>(null);
  const view = useRef<CodeView | null>(null);
  const latest = useRef({ value, format, label, onChange });
  const [ready, setReady] = useState(false);
  useEffect(() => {
    latest.current = { value, format, label, onChange };
  });
  useEffect(() => {
    let gone = false;
    void import('./code-view.js').then(({ startCodeView }) => {
      if (gone || !element.current) return;
      const { value: doc, format: first, label: name } = latest.current;
      view.current = startCodeView(element.current, {
        doc,
        format: first,
        label: name,
        readOnly,
        onChange: (text) => latest.current.onChange(text),
      });
      setReady(true);
    });
    return () => {
      gone = true;
      view.current?.destroy();
      view.current = null;
    };
  }, [readOnly]);
  useEffect(() => view.current?.setFormat(format, label), [format, label, ready]);
  useEffect(() => view.current?.setText(value), [value, ready]);
  useEffect(() => view.current?.setMarks(marks), [marks, ready, value]);
  useImperativeHandle(ref, () => ({
    insert: (text) => view.current?.insert(text),
    goToLine: (line) => view.current?.goToLine(line),
  }));
  return (
    <div className="code-editor">
      {!ready && <Skeleton active title={false} paragraph={{ rows: 10 }} className="code-editor-wait" />}
      <div ref={element} className="code-editor-frame" />
    </div>
  );
}
