import { useTranslation } from 'react-i18next';
import './mail-frame.css';

interface MailFrameProps {
  html: string;
  /** Pixels; the frame is as wide as the mail program it stands for. */
  width?: number;
  height: number | string;
  title?: string;
}

/** A mail as a reader sees it. The empty `sandbox` gives it no scripts, no forms, no way to the page around it. */
export function MailFrame({ html, width, height, title }: MailFrameProps) {
  const { t } = useTranslation('components');
  return (
    <iframe
      className="mail-frame"
      sandbox=""
      srcDoc={html}
      title={title ?? t('mailFrame')}
      style={{ width: width ?? '100%', height }}
    />
  );
}
