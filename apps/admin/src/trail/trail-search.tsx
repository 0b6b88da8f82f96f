import { SearchOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import './trail.css';
import { useTrailParam } from './use-trail-param.js';

/** One box for the question everybody asks: why did X get it, or not? */
export function TrailSearch() {
  const { t } = useTranslation('trail');
  const { t: problem } = useTranslation('problem');
  const { open } = useTrailParam();
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState(false);
  const ask = (event: FormEvent) => {
    event.preventDefault();
    const address = text.trim();
    const whole = /[@＠]/.test(address);
    setWrong(!whole);
    if (whole) open(address);
  };
  return (
    <form className="panel trail-search" role="search" aria-label={t('title')} onSubmit={ask}>
      <label htmlFor="trail-address">{t('label')}</label>
      <Input
        id="trail-address"
        type="search"
        inputMode="email"
        autoComplete="off"
        maxLength={400}
        placeholder={t('placeholder')}
        value={text}
        {...(wrong && { status: 'error', 'aria-invalid': true, 'aria-describedby': 'trail-address-wrong' })}
        onChange={(event) => {
          setText(event.target.value);
          setWrong(false);
        }}
      />
      <Button htmlType="submit" icon={<SearchOutlined />}>
        {t('search')}
      </Button>
      {wrong && (
        <span id="trail-address-wrong" className="trail-wrong" role="alert">
          {problem(text.trim() ? 'field.ADDRESS_NO_AT' : 'field.ADDRESS_EMPTY')}
        </span>
      )}
    </form>
  );
}
