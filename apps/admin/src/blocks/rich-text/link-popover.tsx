import type { Editor } from '@tiptap/react';
import { Button, Input, Popover } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { DOCUMENT_LIMITS } from '../document.js';
import { isUsableHref } from '../properties/link-field.js';

interface LinkPopoverProps {
  editor: Editor;
  open: boolean;
  onOpen: (open: boolean) => void;
  /** Where the text at the cursor leads now. */
  href: string | null;
  children: ReactNode;
}

/** Asks where the chosen words lead. */
export function LinkPopover({ editor, open, onOpen, href, children }: LinkPopoverProps) {
  const close = () => {
    onOpen(false);
    editor.commands.focus();
  };
  return (
    <Popover
      open={open}
      onOpenChange={(next) => !next && onOpen(false)}
      trigger="click"
      placement="bottom"
      destroyOnHidden
      content={<LinkForm editor={editor} href={href} onDone={close} />}
    >
      <span>{children}</span>
    </Popover>
  );
}

function LinkForm({ editor, href, onDone }: { editor: Editor; href: string | null; onDone: () => void }) {
  const { t } = useTranslation('blocks');
  const [typed, setTyped] = useState(href ?? '');
  const [asked, setAsked] = useState(false);
  const usable = isUsableHref(typed);
  const set = () => {
    const address = /^[\w-]+(\.[\w-]+)+([/?#].*)?$/.test(typed.trim()) ? `https://${typed.trim()}` : typed.trim();
    if (!isUsableHref(address)) return setAsked(true);
    const { empty } = editor.state.selection;
    const link = { type: 'link', attrs: { href: address } };
    if (empty && href === null) {
      editor
        .chain()
        .focus()
        .insertContent({ type: 'text', text: address, marks: [link] })
        .run();
    } else editor.chain().focus().extendMarkRange('link').setMark('link', { href: address }).run();
    onDone();
  };
  return (
    <form
      className="link-form"
      onSubmit={(event) => {
        event.preventDefault();
        set();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onDone();
      }}
    >
      <Input
        autoFocus
        aria-label={t('prop.href')}
        value={typed}
        maxLength={DOCUMENT_LIMITS.hrefLength}
        placeholder="https://"
        status={asked && !usable ? 'error' : ''}
        onChange={(event) => setTyped(event.target.value)}
      />
      {asked && !usable && <div className="field-error">{t('href.wrong')}</div>}
      <div className="row-actions">
        {href !== null && (
          <Button
            size="small"
            onClick={() => {
              editor.chain().focus().extendMarkRange('link').unsetMark('link').run();
              onDone();
            }}
          >
            {t('format.unlink')}
          </Button>
        )}
        <Button size="small" type="primary" htmlType="submit">
          {t('format.setLink')}
        </Button>
      </div>
    </form>
  );
}
