import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import './mail-thumb.css';

const MAIL_WIDTH = 640;
const MAIL_HEIGHT = 800;

interface MailThumbProps {
  /** Names this state of the mail in the cache, version included. */
  queryKey: readonly unknown[];
  /** Renders the mail; called when the picture comes into view. */
  load: () => Promise<{ html: string | null; text: string }>;
}

/** A small picture of a mail: the rendered mail itself, scaled down, while it is in view. Decoration only, so hidden from screen readers. */
export function MailThumb({ queryKey, load }: MailThumbProps) {
  const element = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState(false);
  const [scale, setScale] = useState(0.4);
  useEffect(() => {
    const node = element.current;
    if (!node) return;
    const sight = new IntersectionObserver(([entry]) => setSeen(entry?.isIntersecting ?? false), {
      rootMargin: '200px',
    });
    const size = new ResizeObserver(() => setScale(node.clientWidth / MAIL_WIDTH));
    sight.observe(node);
    size.observe(node);
    return () => {
      sight.disconnect();
      size.disconnect();
    };
  }, []);
  const { data } = useQuery({ queryKey, queryFn: load, enabled: seen, staleTime: Infinity, retry: false });
  return (
    <div ref={element} className="mail-thumb" aria-hidden="true">
      {!seen ? null : data?.html ? (
        <iframe
          sandbox=""
          srcDoc={data.html}
          title="-"
          tabIndex={-1}
          scrolling="no"
          style={{ width: MAIL_WIDTH, height: MAIL_HEIGHT, transform: `scale(${scale})` }}
        />
      ) : (
        <pre>{data?.text.slice(0, 600)}</pre>
      )}
    </div>
  );
}
