import {
  AlignCenterOutlined,
  AlignLeftOutlined,
  AlignRightOutlined,
  BoldOutlined,
  ItalicOutlined,
  LinkOutlined,
  OrderedListOutlined,
  StrikethroughOutlined,
  UnderlineOutlined,
  UnorderedListOutlined,
  UserOutlined,
} from '@ant-design/icons';
import type { Editor } from '@tiptap/react';
import { useEditorState } from '@tiptap/react';
import { Button, Dropdown, Select, Tooltip } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useVariables } from '../../components/variables.js';
import { useRoving } from '../../components/use-roving.js';
import { LinkPopover } from './link-popover.js';
import { TagFields } from './tag-fields.js';

/** Buttons for the text that is being written. Alt+F10 leads here from the text, Esc back. */
export function FormatBar({ editor }: { editor: Editor }) {
  const { t } = useTranslation('blocks');
  const roving = useRoving();
  const [linking, setLinking] = useState(false);
  const state = useEditorState({ editor, selector: ({ editor: now }) => stateOf(now) });
  const full = Boolean(editor.schema.nodes.bulletList);
  const toggle = (name: string, icon: ReactNode, on: boolean, run: () => void) => (
    <Tooltip title={t(`format.${name}`)} mouseEnterDelay={0.4}>
      <Button
        size="small"
        type={on ? 'primary' : 'text'}
        ghost={on}
        icon={icon}
        aria-label={t(`format.${name}`)}
        aria-pressed={on}
        onClick={run}
      />
    </Tooltip>
  );
  const chain = () => editor.chain().focus();
  if (state.tag) return <TagFields editor={editor} />;
  return (
    <div
      className="format-bar"
      role="toolbar"
      aria-label={t('format.title')}
      ref={roving.ref}
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          event.preventDefault();
          editor.commands.focus();
        } else roving.onKeyDown(event);
      }}
      // The text keeps the cursor while its buttons are pressed.
      onMouseDown={(event) => {
        if (!(event.target as HTMLElement).closest('input, .ant-select')) event.preventDefault();
      }}
    >
      {full && (
        <Select<number>
          size="small"
          aria-label={t('format.style')}
          className="format-style"
          value={state.level}
          onChange={(level) =>
            level === 0
              ? chain().setParagraph().run()
              : chain()
                  .setHeading({ level: level as 1 })
                  .run()
          }
          options={[0, 1, 2, 3].map((level) => ({
            value: level,
            label: level === 0 ? t('format.paragraph') : t('heading.level', { level }),
          }))}
        />
      )}
      {toggle('bold', <BoldOutlined />, state.bold, () => chain().toggleBold().run())}
      {toggle('italic', <ItalicOutlined />, state.italic, () => chain().toggleItalic().run())}
      {toggle('underline', <UnderlineOutlined />, state.underline, () => chain().toggleUnderline().run())}
      {toggle('strike', <StrikethroughOutlined />, state.strike, () => chain().toggleStrike().run())}
      <input
        type="color"
        className="format-color"
        aria-label={t('format.color')}
        title={t('format.color')}
        value={state.color ?? '#1f2329'}
        onChange={(event) => editor.chain().setMark('textStyle', { color: event.target.value }).run()}
      />
      <span className="format-gap" />
      {toggle('left', <AlignLeftOutlined />, state.align === 'left', () => align('left'))}
      {toggle('center', <AlignCenterOutlined />, state.align === 'center', () => align('center'))}
      {toggle('right', <AlignRightOutlined />, state.align === 'right', () => align('right'))}
      {full && (
        <>
          {toggle('bullets', <UnorderedListOutlined />, state.bullets, () => chain().toggleBulletList().run())}
          {toggle('numbers', <OrderedListOutlined />, state.numbers, () => chain().toggleOrderedList().run())}
        </>
      )}
      <span className="format-gap" />
      <LinkPopover editor={editor} open={linking} onOpen={setLinking} href={state.href}>
        {toggle('link', <LinkOutlined />, state.href !== null, () => setLinking(!linking))}
      </LinkPopover>
      <TagMenu editor={editor} />
    </div>
  );

  function align(side: 'left' | 'center' | 'right') {
    const value = state.align === side ? null : side;
    chain().updateAttributes('paragraph', { textAlign: value }).updateAttributes('heading', { textAlign: value }).run();
  }
}

function TagMenu({ editor }: { editor: Editor }) {
  const { t } = useTranslation('blocks');
  const variables = useVariables();
  const insert = (path: string) => {
    const fallback = variables.find((each) => each.path === path)?.fallback ?? '';
    const at = editor.state.selection.from;
    editor.chain().focus().insertContent({ type: 'mergeTag', attrs: { path, fallback } }).run();
    // Chosen, so that its fallback can be written at once.
    editor.commands.setNodeSelection(at);
  };
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        className: 'variable-menu',
        items: variables.map(({ path, label }) => ({ key: path, label })),
        onClick: ({ key }) => insert(key),
      }}
    >
      <Button size="small" type="text" icon={<UserOutlined />}>
        {t('format.variable')}
      </Button>
    </Dropdown>
  );
}

function stateOf(editor: Editor) {
  const align = (editor.getAttributes('heading').textAlign ?? editor.getAttributes('paragraph').textAlign ?? null) as
    string | null;
  return {
    bold: editor.isActive('bold'),
    italic: editor.isActive('italic'),
    underline: editor.isActive('underline'),
    strike: editor.isActive('strike'),
    bullets: editor.isActive('bulletList'),
    numbers: editor.isActive('orderedList'),
    tag: editor.isActive('mergeTag'),
    level: editor.isActive('heading') ? (editor.getAttributes('heading').level as number) : 0,
    color: (editor.getAttributes('textStyle').color ?? null) as string | null,
    href: editor.isActive('link') ? (editor.getAttributes('link').href as string) : null,
    align,
  };
}
