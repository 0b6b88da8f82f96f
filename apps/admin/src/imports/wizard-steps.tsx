import { Steps } from 'antd';
import { useTranslation } from 'react-i18next';

const STEPS = ['file', 'mapping', 'rules', 'result'] as const;

/** Where somebody is on the way from a file to its result. */
export function WizardSteps({ current }: { current: (typeof STEPS)[number] }) {
  const { t } = useTranslation('imports');
  return (
    <Steps
      current={STEPS.indexOf(current)}
      size="small"
      className="entry-steps"
      items={STEPS.map((name) => ({ title: t(`step.${name}`) }))}
    />
  );
}
