import { DeleteOutlined } from '@ant-design/icons';
import type { Editor } from '@tiptap/react';
import { useEditorState } from '@tiptap/react';
import { Button, Input, Select } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { MergeFormat } from '../document.js';
import { useLabelOf } from '../../components/variables.js';

const FORMATS = [
  'upper',
  'lower',
  'capitalize',
  'date',
  'dateTime',
  'time',
  'dateZh',
  'dateZhShort',
  'dateEn',
  'dateUs',
  'number',
  'number0',
  'number2',
] as const satisfies MergeFormat[];

/** Fallback and format of the variable that is chosen in the text. */
export function TagFields({ editor }: { editor: Editor }) {
  const { t } = useTranslation('blocks');
  const labelOf = useLabelOf();
  const id = useId();
  const attrs = useEditorState({ editor, selector: ({ editor: now }) => now.getAttributes('mergeTag') });
  // The changed variable is a new one to the selection: chosen again, so that these fields stay for the next letter.
  const set = (part: Record<string, unknown>) =>
    editor.chain().updateAttributes('mergeTag', part).setNodeSelection(editor.state.selection.from).run();
  return (
    <div
      className="format-bar"
      role="group"
      aria-label={t('tag.title')}
      onKeyDown={(event) => {
        // An input method composes with the same keys.
        if (!event.nativeEvent.isComposing && (event.key === 'Escape' || event.key === 'Enter')) {
          event.preventDefault();
          // At once: these fields go with the selection, and the focus would go with them.
          editor.view.focus();
          editor.commands.setTextSelection(editor.state.selection.to);
        }
      }}
    >
      <span className="merge-chip">{labelOf(String(attrs.path ?? ''))}</span>
      <label htmlFor={id} className="small">
        {t('tag.fallback')}
      </label>
      <Input
        id={id}
        size="small"
        className="tag-fallback"
        value={String(attrs.fallback ?? '')}
        maxLength={200}
        placeholder={t('tag.fallbackExample')}
        onChange={(event) => set({ fallback: event.target.value })}
      />
      <Select<MergeFormat | ''>
        size="small"
        className="tag-format"
        aria-label={t('tag.format')}
        value={(attrs.format as MergeFormat | null) ?? ''}
        onChange={(format) => set({ format: format || null })}
        options={[
          { value: '', label: t('tag.asIs') },
          ...FORMATS.map((value) => ({ value, label: t(`tag.formats.${value}`) })),
        ]}
      />
      <Button
        size="small"
        type="text"
        icon={<DeleteOutlined />}
        aria-label={t('tag.remove')}
        onClick={() => editor.chain().deleteSelection().focus().run()}
      />
    </div>
  );
}
