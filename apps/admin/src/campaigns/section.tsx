import { CheckCircleFilled, CloseCircleFilled, MinusCircleOutlined, WarningFilled } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { SectionKey, SectionState } from './checklist.js';

const ICONS: Record<SectionState, ReactNode> = {
  ok: <CheckCircleFilled />,
  warning: <WarningFilled />,
  error: <CloseCircleFilled />,
  unknown: <MinusCircleOutlined />,
};

interface SectionProps {
  name: SectionKey;
  number: number;
  state: SectionState;
  extra?: ReactNode;
  children: ReactNode;
}

/** One step of the checklist page; the checks on the right link to it. */
export function Section({ name, number, state, extra, children }: SectionProps) {
  const { t } = useTranslation('campaigns');
  return (
    <section id={`section-${name}`} className="panel check-section" tabIndex={-1} aria-labelledby={`title-${name}`}>
      <div className="check-section-head">
        <span className="check-mark" data-state={state} role="img" aria-label={t(`sectionState.${state}`)}>
          {ICONS[state]}
        </span>
        <h2 id={`title-${name}`}>
          {number}. {t(`section.${name}`)}
        </h2>
        {extra && <span className="check-section-extra">{extra}</span>}
      </div>
      {children}
    </section>
  );
}

/** Brings a section into view and gives the focus to its first field, or to the one with the id. */
export function goToSection(name: SectionKey, id?: string): void {
  const section = document.getElementById(`section-${name}`);
  section?.scrollIntoView({ block: 'start', behavior: 'smooth' });
  const field =
    (id && document.getElementById(id)) ||
    section?.querySelector<HTMLElement>('input:not([type=hidden]), textarea, button');
  (field ?? section)?.focus({ preventScroll: true });
}

/** Gives the focus to the first field whose value was refused, once the page shows which that is. */
export function goToRefused(): void {
  requestAnimationFrame(() => {
    const field = document.querySelector('.checklist-page .field-error')?.parentElement;
    field?.querySelector<HTMLElement>('input, textarea')?.focus();
  });
}
