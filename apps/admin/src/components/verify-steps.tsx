import { CheckCircleFilled, CloseCircleFilled, WarningFilled } from '@ant-design/icons';
import { Alert, Spin } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Resource } from '../api/types.js';
import '../words/index.js';
import './verify-steps.css';

type Result = Resource<'VerifyResult'>;
type Step = Result['steps'][number];

/** What *verify* found, step by step: what went well, and what is wrong with its remedy and the server's words. */
export function VerifySteps({ result, running }: { result: Result | undefined; running: boolean }) {
  const { t } = useTranslation('words');
  if (running) {
    return (
      <div className="verify-running" aria-live="polite">
        <Spin size="small" /> {t('verify.running')}
      </div>
    );
  }
  if (!result) return null;
  return (
    <section className="verify" aria-live="polite" aria-label={t('verify.title')}>
      <Alert type={result.ok ? 'success' : 'error'} showIcon title={result.ok ? t('verify.ok') : t('verify.failed')} />
      <ol className="plain-list">
        {result.steps.map((step, index) => (
          <li key={`${step.name}${index}`} className="verify-step" data-ok={step.ok} data-help={Boolean(step.help)}>
            <StepRow step={step} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function StepRow({ step }: { step: Step }) {
  const { t } = useTranslation('words');
  const blind = step.ok && Boolean(step.help);
  return (
    <>
      {!step.ok ? (
        <CloseCircleFilled aria-label={t('verify.notPassed')} />
      ) : blind ? (
        <WarningFilled aria-label={t('verify.passed')} />
      ) : (
        <CheckCircleFilled aria-label={t('verify.passed')} />
      )}
      <div className="verify-text">
        <strong>{t(`verify.step.${step.name}`)}</strong>
        {!step.ok && (
          <>
            <span className="verify-cause">{t(`diagnosis.${step.diagnosis}`)}</span>
            <span>{t(`remedy.${step.diagnosis}`)}</span>
          </>
        )}
        {blind ? (
          <span>{t('verify.noReturn')}</span>
        ) : (
          step.detail && (
            <code className="mono quiet break" title={t('verify.said')}>
              {step.detail}
            </code>
          )
        )}
      </div>
    </>
  );
}

/** A stored error of an account (`auth-failed: 535 …`) as cause and the server's words. */
export function useStoredError(): (error: string) => { cause: string; words: string } {
  const { t, i18n } = useTranslation('words');
  return (error) => {
    const match = /^([a-z-]{2,40}): ?(.*)$/s.exec(error);
    if (!match || !i18n.exists(`words:diagnosis.${match[1]}`)) return { cause: error, words: '' };
    return { cause: t(`diagnosis.${match[1]}`), words: match[2]! };
  };
}
