import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import './mail-frame.css';

interface MailFrameProps {
  /** The mail as a document, or where it is to be had from. */
  html: string | { src: string };
  /** Width of the mail program it stands for, in pixels; a narrower place shows it smaller. As wide as its place without. */
  width?: number;
  height: number | string;
  title?: string;
  /** As a mail program in dark mode shows it. */
  dark?: boolean;
}

/** A mail as a reader sees it. The empty `sandbox` gives it no scripts, no forms, no way to the page around it. */
export function MailFrame({ html, width, height, title, dark = false }: MailFrameProps) {
  const { t } = useTranslation('components');
  const place = useRef<HTMLDivElement>(null);
  const [scale, setScale] = useState(1);
  useEffect(() => {
    const node = place.current;
    if (!node || !width) return;
    const watch = new ResizeObserver(() => setScale(Math.min(1, node.clientWidth / width)));
    watch.observe(node);
    return () => watch.disconnect();
  }, [width]);
  const fit = width ? scale : 1;
  return (
    <div ref={place} className="mail-place" style={{ height, maxWidth: width ?? 'none' }}>
      {/* A frame of its own for every document: one that is given another leaves a step in the browser's history. */}
      <iframe
        key={typeof html === 'string' ? html : html.src}
        className="mail-frame"
        sandbox=""
        {...(typeof html === 'string' ? { srcDoc: html } : { src: html.src })}
        title={title ?? t('mailFrame')}
        data-dark={dark}
        style={{ width: width ?? '100%', height: `${100 / fit}%`, transform: fit < 1 ? `scale(${fit})` : 'none' }}
      />
    </div>
  );
}
