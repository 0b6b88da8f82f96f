import { SmileOutlined } from '@ant-design/icons';
import { Button, Popover } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoving } from '../components/use-roving.js';

/** What subjects say by a picture, row by row: news, selling, seasons and feasts, things, faces and hands. */
const EMOJI = [
  ...['🎉', '🎁', '🔥', '⭐', '✨', '💡', '📣', '🆕'],
  ...['🛒', '💰', '🎫', '📦', '🚚', '⏰', '⏳', '✅'],
  ...['🌸', '🌞', '🍂', '⛄', '🎄', '🧧', '🏮', '🎆'],
  ...['🍵', '☕', '🍰', '👗', '📱', '💻', '📚', '🌍'],
  ...['😊', '😍', '🤔', '👋', '🙏', '👍', '👀', '💝'],
];

/** Pictures for a subject; choosing one inserts it. The system's own keyboard for emoji has all the others. */
export function EmojiMenu({ onInsert }: { onInsert: (emoji: string) => void }) {
  const { t } = useTranslation('editor');
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      destroyOnHidden
      open={open}
      onOpenChange={setOpen}
      // Not autoFocus: opened again while it is still fading, the grid is not made anew.
      afterOpenChange={(shown) => shown && grid.current?.querySelector('button')?.focus()}
      content={
        <div ref={grid}>
          <EmojiGrid
            onChoose={(emoji) => {
              setOpen(false);
              onInsert(emoji);
            }}
            onClose={() => {
              setOpen(false);
              button.current?.focus();
            }}
          />
        </div>
      }
    >
      <Button ref={button} size="small" icon={<SmileOutlined />} aria-label={t('emoji.insert')} aria-expanded={open} />
    </Popover>
  );
}

interface EmojiGridProps {
  onChoose: (emoji: string) => void;
  onClose: () => void;
}

function EmojiGrid({ onChoose, onClose }: EmojiGridProps) {
  const { t } = useTranslation('editor');
  const roving = useRoving();
  return (
    <div
      ref={roving.ref}
      className="emoji-grid"
      role="group"
      aria-label={t('emoji.title')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return roving.onKeyDown(event);
        event.stopPropagation();
        onClose();
      }}
    >
      {EMOJI.map((emoji) => (
        <button key={emoji} type="button" onClick={() => onChoose(emoji)}>
          {emoji}
        </button>
      ))}
    </div>
  );
}
