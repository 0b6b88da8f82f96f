import { Link } from 'react-router';
import './tab-links.css';

interface TabLinksProps {
  /** Names the row for screen readers. */
  label: string;
  current: string;
  items: { key: string; label: string; to: string }[];
}

/** Tabs that are addresses: each can be opened in a new tab of the browser; a narrow screen scrolls them sideways. */
export function TabLinks({ label, current, items }: TabLinksProps) {
  return (
    <nav className="tab-links" aria-label={label}>
      <ul>
        {items.map(({ key, label: text, to }) => (
          <li key={key}>
            <Link to={to} className="tab-link" {...(key === current ? { 'aria-current': 'page' as const } : {})}>
              {text}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
