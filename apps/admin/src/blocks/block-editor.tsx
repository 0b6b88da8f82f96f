import { DndContext, DragOverlay, PointerSensor, useSensor, useSensors, type DragEndEvent } from '@dnd-kit/core';
import type { Editor } from '@tiptap/react';
import { Suspense, lazy, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePreview, type Content } from '../editor/index.js';
import { useNarrow } from '../components/use-narrow.js';
import './blocks.css';
import './rich-text.css';
import { Canvas } from './canvas.js';
import { CanvasProvider, elementOf, type CanvasContext } from './canvas-context.js';
import type { Doc } from './document.js';
import { dropDetection, movesSections, type Dragged } from './drop-place.js';
import { EditorBar, type MailProps } from './editor-bar.js';
import { placeAfter, toSave, type Place, type SavedContent } from './edits.js';
import { FormatBar } from './rich-text/format-bar.js';
import { HintBar } from './hint-bar.js';
import { ICONS } from './kinds.js';
import { Palette } from './palette.js';
import { putInto } from './put-into.js';
import { ReadOnly } from './read-only.js';
import { SidePanel } from './side-panel.js';
import { useDocument } from './use-document.js';
import type { BlockType } from './document.js';

const SaveBlockDialog = lazy(() => import('./save-block-dialog.js'));

export interface BlockEditorProps extends MailProps {
  content: Content;
}

/** The editor of mails made of blocks. On a phone the mail is shown instead, since there is no room to build one. */
export default function BlockEditor(props: BlockEditorProps) {
  const narrow = useNarrow();
  return narrow ? <ReadOnly {...props} /> : <Workbench {...props} />;
}

function Workbench({ content, onChange, ...bar }: BlockEditorProps) {
  const { t } = useTranslation('blocks');
  const edits = useDocument(content.document as Doc, (document) => onChange({ document }));
  const { doc, apply } = edits;
  const [selectedId, setSelected] = useState<string | null>(null);
  const [editingId, setEditing] = useState<string | null>(null);
  const [writing, setWriting] = useState<Editor | null>(null);
  const [device, setDevice] = useState<'desktop' | 'phone'>('desktop');
  const [place, setPlace] = useState<Place | null>(null);
  const [dragged, setDragged] = useState<Dragged | null>(null);
  const [saving, setSaving] = useState<SavedContent | null>(null);
  const [contactId, setContactId] = useState<string>();
  const startedAt = useRef<{ x: number; y: number } | null>(null);
  const preview = usePreview(content, contactId);
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 5 } }));

  const canvas = useMemo<CanvasContext>(
    () => ({
      doc,
      apply,
      selectedId,
      select(id) {
        setSelected(id);
        setEditing(null);
      },
      editingId,
      edit(id, at) {
        startedAt.current = at ?? null;
        setSelected(id);
        setEditing(id);
      },
      stopEditing() {
        setEditing(null);
        requestAnimationFrame(() => elementOf(selectedId ?? '')?.focus({ preventScroll: true }));
      },
      startedAt,
      writing,
      setWriting,
      device,
      place,
      saveAsBlock: (id) => setSaving(toSave(doc, id)),
    }),
    [doc, apply, selectedId, editingId, writing, device, place],
  );

  const put = (thing: Dragged, to: Place) => {
    const put = putInto(doc, thing, to);
    apply(() => put.doc);
    canvas.select(put.id);
    requestAnimationFrame(() => {
      elementOf(put.id)?.focus({ preventScroll: true });
      elementOf(put.id)?.scrollIntoView({ block: 'nearest' });
    });
  };
  const add = (thing: Dragged) => put(thing, placeAfter(doc, selectedId, movesSections(thing)));
  const drop = ({ active, collisions }: DragEndEvent) => {
    const to = placeOf(collisions);
    setDragged(null);
    setPlace(null);
    if (to) put(active.data.current as Dragged, to);
  };
  useHistoryKeys(edits.undo, edits.redo);

  return (
    <CanvasProvider value={canvas}>
      <div className="block-editor">
        <EditorBar
          {...bar}
          onChange={onChange}
          edits={edits}
          device={device}
          onDevice={setDevice}
          preview={preview}
          contactId={contactId}
          onContact={setContactId}
        />
        <DndContext
          sensors={sensors}
          collisionDetection={dropDetection}
          onDragStart={({ active }) => {
            setEditing(null);
            setDragged(active.data.current as Dragged);
          }}
          onDragMove={({ collisions }) => setPlace((old) => same(old, placeOf(collisions)))}
          onDragEnd={drop}
          onDragCancel={() => {
            setDragged(null);
            setPlace(null);
          }}
          accessibility={{ screenReaderInstructions: { draggable: t('dragHelp') } }}
        >
          <div className="be-body" data-dragging={dragged !== null}>
            <Palette onAdd={add} />
            <div className="be-middle">
              {writing ? <FormatBar editor={writing} /> : <HintBar />}
              <Canvas onStart={() => add({ kind: 'new-block', type: 'text' })} />
            </div>
            <SidePanel problems={preview.data?.problems} content={content} onChange={onChange} />
          </div>
          <DragOverlay dropAnimation={null}>{dragged && <DragChip dragged={dragged} doc={doc} />}</DragOverlay>
        </DndContext>
        <Suspense>{saving && <SaveBlockDialog content={saving} onClose={() => setSaving(null)} />}</Suspense>
      </div>
    </CanvasProvider>
  );
}

/** What hangs on the pointer. */
function DragChip({ dragged, doc }: { dragged: Dragged; doc: Doc }) {
  const { t } = useTranslation('blocks');
  const kind = kindOf(dragged, doc);
  return (
    <div className="drag-chip">
      {ICONS[kind]} {t(`block.${kind}`)}
    </div>
  );
}

function kindOf(dragged: Dragged, doc: Doc): BlockType | 'section' {
  if (movesSections(dragged)) return 'section';
  if (dragged.kind === 'new-block') return dragged.type as BlockType;
  if (dragged.kind !== 'block') return 'reusable';
  const blocks = doc.sections.flatMap(({ columns }) => columns.flatMap((column) => column.blocks));
  return blocks.find(({ id }) => id === dragged.id)?.type ?? 'section';
}

function placeOf(collisions: DragEndEvent['collisions']): Place | null {
  return (collisions?.[0]?.data as { place: Place } | undefined)?.place ?? null;
}

/** The old place where the new one is the same, so that nothing is drawn anew while the pointer moves within it. */
function same(old: Place | null, fresh: Place | null): Place | null {
  return JSON.stringify(old) === JSON.stringify(fresh) ? old : fresh;
}

/** Ctrl+Z and Ctrl+Y (⌘Z, ⇧⌘Z) everywhere but in single fields, which have an undo of their own. */
function useHistoryKeys(undo: () => void, redo: () => void) {
  const latest = useRef({ undo, redo });
  useEffect(() => {
    latest.current = { undo, redo };
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      if ((event.target as HTMLElement).closest('input, textarea, .cm-editor')) return;
      const key = event.key.toLowerCase();
      if (key !== 'z' && key !== 'y') return;
      event.preventDefault();
      if (key === 'y' || event.shiftKey) latest.current.redo();
      else latest.current.undo();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
