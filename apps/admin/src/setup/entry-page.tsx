import type { ReactNode } from 'react';
import { Brand } from '../app/brand.js';
import { LanguageSwitch } from '../app/top-bar.js';

/** Frame of the pages before signing in: brand, language switch, one card. */
export function EntryPage({ children, wide = false }: { children: ReactNode; wide?: boolean }) {
  return (
    <div className="entry">
      <header className="entry-head">
        <Brand />
        <LanguageSwitch signedIn={false} />
      </header>
      <main className={wide ? 'entry-card entry-card-wide' : 'entry-card'}>{children}</main>
    </div>
  );
}
