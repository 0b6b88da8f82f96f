import { useMutation } from '@tanstack/react-query';
import { Input, type InputRef } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useReport } from '../api/problem.js';
import { letterOf, refreshTest, saveSubject, type AbTest } from './ab-query.js';

const PAUSE_MS = 800;

interface SubjectFieldProps {
  campaignId: string;
  test: AbTest;
  /** Place among the variants beside A. */
  index: number;
  /** Takes the focus when it appears. */
  first: boolean;
}

/** The subject of a variant, written where it stands. Saved when the writing pauses, and when the field is left. */
export function SubjectField({ campaignId, test, index, first }: SubjectFieldProps) {
  const { t } = useTranslation('abTest');
  const report = useReport();
  const variant = test.variants[index]!;
  const saved = variant.subject ?? '';
  const [text, setText] = useState(saved);
  const [known, setKnown] = useState(saved);
  if (known !== saved) {
    setKnown(saved);
    // What was set in the drawer is taken over; what is being written here stands.
    if (text.trim() === known) setText(saved);
  }
  const { mutate } = useMutation({
    // One after the other, for each names the version that the one before it left.
    scope: { id: `ab-test-${campaignId}` },
    mutationFn: (subject: string) => saveSubject(campaignId, index, subject),
    onError: (error) => {
      report(error);
      void refreshTest(campaignId);
    },
  });
  const unsaved = useRef<string>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const save = () => {
    clearTimeout(timer.current);
    if (unsaved.current !== undefined) mutate(unsaved.current);
    unsaved.current = undefined;
  };
  const write = (value: string) => {
    setText(value);
    unsaved.current = value.trim();
    clearTimeout(timer.current);
    timer.current = setTimeout(save, PAUSE_MS);
  };
  const field = useRef<InputRef>(null);
  const latest = useRef(save);
  useEffect(() => {
    latest.current = save;
  });
  useEffect(() => {
    if (first) field.current?.focus();
    return () => latest.current();
  }, [first]);
  return (
    <Input
      ref={field}
      aria-label={t('subjectOf', { letter: letterOf(index + 1) })}
      placeholder={variant.content?.subject || t('otherSubject')}
      value={text}
      maxLength={500}
      autoComplete="off"
      onChange={(event) => write(event.target.value)}
      onBlur={save}
    />
  );
}
