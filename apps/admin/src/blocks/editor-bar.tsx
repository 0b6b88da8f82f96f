import {
  ArrowLeftOutlined,
  DesktopOutlined,
  EyeOutlined,
  MobileOutlined,
  RedoOutlined,
  UndoOutlined,
} from '@ant-design/icons';
import { Button, Modal, Segmented, Tooltip } from 'antd';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { SaveStateText } from '../components/save-state.js';
import type { SaveState } from '../components/use-autosave.js';
import { PreviewPane, SizeMeter, type Content, type usePreview } from '../editor/index.js';
import HistoryButton from './history-button.js';
import type { HistoryProps } from './history-drawer.js';
import { MoreMenu } from './more-menu.js';
import type { DocumentHandle } from './use-document.js';

/** The mail as a whole, as whoever owns it hands it over. */
export interface MailProps {
  onChange: (part: Partial<Content>) => void;
  state: SaveState;
  /** Where one goes from here. */
  back: { to: string; label: string };
  /** Name of what is edited: the heading of the page. */
  title: string;
  /** In place of the plain title: a field for it, say. */
  titleField?: ReactNode;
  /** Its earlier versions. */
  history: HistoryProps;
  /** Buttons of whoever owns the mail; the primary one last. */
  actions?: ReactNode;
}

interface EditorBarProps extends MailProps {
  edits: DocumentHandle;
  device: 'desktop' | 'phone';
  onDevice: (device: 'desktop' | 'phone') => void;
  preview: ReturnType<typeof usePreview>;
  contactId: string | undefined;
  onContact: (id: string | undefined) => void;
}

/** Above the canvas: the name, whether all is saved, and what is done with the mail as a whole. */
export function EditorBar({ edits, device, onDevice, preview, contactId, onContact, ...bar }: EditorBarProps) {
  const { t } = useTranslation('blocks');
  const { t: word } = useTranslation('components');
  const [open, setOpen] = useState(false);
  useEffect(() => {
    document.title = word('documentTitle', { title: bar.title });
  }, [word, bar.title]);
  return (
    <header className="be-bar">
      <Link className="be-back" to={bar.back.to} aria-label={bar.back.label} title={bar.back.label}>
        <ArrowLeftOutlined aria-hidden="true" />
      </Link>
      <h1 className={bar.titleField ? 'visually-hidden' : 'be-title ellipsis'}>{bar.title}</h1>
      {bar.titleField}
      <SaveStateText state={bar.state} />
      <span className="be-space" />
      <div className="be-group">
        <Tooltip title={t('undo')}>
          <Button
            type="text"
            icon={<UndoOutlined />}
            aria-label={t('undo')}
            disabled={!edits.canUndo}
            onClick={edits.undo}
          />
        </Tooltip>
        <Tooltip title={t('redo')}>
          <Button
            type="text"
            icon={<RedoOutlined />}
            aria-label={t('redo')}
            disabled={!edits.canRedo}
            onClick={edits.redo}
          />
        </Tooltip>
      </div>
      <Segmented<'desktop' | 'phone'>
        aria-label={t('device.title')}
        value={device}
        onChange={onDevice}
        options={[
          {
            value: 'desktop',
            icon: <DesktopOutlined />,
            label: <span className="be-wide">{t('device.desktop')}</span>,
          },
          { value: 'phone', icon: <MobileOutlined />, label: <span className="be-wide">{t('device.phone')}</span> },
        ]}
      />
      {preview.data?.html && <SizeMeter bytes={preview.data.size} />}
      <Button icon={<EyeOutlined />} onClick={() => setOpen(true)}>
        {t('preview')}
      </Button>
      <HistoryButton {...bar.history} />
      {bar.actions}
      <MoreMenu doc={edits.doc} onChange={bar.onChange} />
      <Modal
        open={open}
        title={t('preview')}
        footer={null}
        width={860}
        onCancel={() => setOpen(false)}
        className="preview-modal"
        destroyOnHidden
      >
        <PreviewPane
          preview={preview.data}
          error={preview.error}
          onRetry={() => void preview.refetch()}
          settling={preview.settling}
          contactId={contactId}
          onContact={onContact}
          withDark
        />
      </Modal>
    </header>
  );
}
