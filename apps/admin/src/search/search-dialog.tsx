import { SearchOutlined } from '@ant-design/icons';
import { Input, Modal } from 'antd';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { ProblemAlert } from '../components/problem-alert.js';
import { registerMessages } from '../i18n/i18n.js';
import { messages } from './messages.js';
import './search.css';
import { useResults, type Result } from './use-results.js';

// This dialog is no route: its texts come with it.
registerMessages('search', messages);

const LIST = 'search-results';
const optionId = (index: number) => `${LIST}-${index}`;

/** Search of everything by keyboard alone: the focus stays in the box, the arrows choose, Enter goes there. */
export default function SearchDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('search');
  const navigate = useNavigate();
  const [q, setQ] = useState('');
  const [chosen, setChosen] = useState(0);
  const { results, count, error, isSettling, retry } = useResults(q);
  const current = Math.min(chosen, results.length - 1);
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    list.current?.children[current]?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  const go = (result: Result | undefined) => {
    if (!result) return;
    onClose();
    void navigate(result.to);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // An input method composes with the same keys.
    if (event.nativeEvent.isComposing || results.length === 0) return;
    const to = { ArrowDown: current + 1, ArrowUp: current - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      setChosen((to + results.length) % results.length);
    } else if (event.key === 'Enter') go(results[current]);
  };
  return (
    <Modal
      open
      className="search-dialog"
      title={<span className="visually-hidden">{t('title')}</span>}
      footer={null}
      closable={false}
      onCancel={onClose}
      width={640}
      style={{ top: 72 }}
    >
      <Input
        autoFocus
        size="large"
        prefix={<SearchOutlined />}
        value={q}
        maxLength={100}
        placeholder={t('placeholder')}
        aria-label={t('placeholder')}
        role="combobox"
        aria-expanded={results.length > 0}
        aria-controls={LIST}
        aria-activedescendant={results.length > 0 ? optionId(current) : undefined}
        onChange={(event) => {
          setQ(event.target.value);
          setChosen(0);
        }}
        onKeyDown={onKeyDown}
      />
      {error && <ProblemAlert error={error} onRetry={retry} />}
      <ul
        id={LIST}
        role="listbox"
        aria-label={t('results')}
        className="search-results"
        ref={list}
        data-settling={isSettling}
      >
        {results.map((result, index) => (
          <li
            key={result.key}
            id={optionId(index)}
            role="option"
            aria-selected={index === current}
            onMouseMove={() => setChosen(index)}
            onClick={() => go(result)}
          >
            <span className="search-kind">{t(`kind.${result.kind}`)}</span>
            <span className="search-name">
              {result.name} {result.detail && <span className="quiet small">{result.detail}</span>}
            </span>
          </li>
        ))}
      </ul>
      <p className="quiet small search-foot" role="status">
        {q.trim() === ''
          ? t('start')
          : !isSettling && !error && count === 0
            ? t('none', { q: q.trim() })
            : !isSettling && t('found', { count })}{' '}
        {t('keys')}
      </p>
    </Modal>
  );
}
