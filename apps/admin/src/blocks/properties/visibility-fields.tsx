import { FilterOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import { Suspense, lazy, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useConditionWords } from '../condition/condition-words.js';
import type { Condition } from '../document.js';
import { Labelled } from './fields.js';

const ConditionDialog = lazy(() => import('../condition/condition-dialog.js'));

interface Visible {
  visibleIf: Condition | null;
  hideOn: 'mobile' | 'desktop' | null;
}

/** Who sees a section or block, and where. */
export function VisibilityFields({ of, onChange }: { of: Visible; onChange: (part: Partial<Visible>) => void }) {
  const { t } = useTranslation('blocks');
  const words = useConditionWords();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Labelled label={t('visibility.title')}>
        <p className="condition-words small">{of.visibleIf ? words(of.visibleIf) : t('visibility.everyone')}</p>
        <Button size="small" icon={<FilterOutlined />} onClick={() => setOpen(true)}>
          {t(of.visibleIf ? 'visibility.change' : 'visibility.add')}
        </Button>
      </Labelled>
      <Labelled label={t('visibility.devices')}>
        {(id) => (
          <Select<'none' | 'mobile' | 'desktop'>
            id={id}
            size="small"
            className="wide"
            value={of.hideOn ?? 'none'}
            onChange={(value) => onChange({ hideOn: value === 'none' ? null : value })}
            options={(['none', 'mobile', 'desktop'] as const).map((value) => ({
              value,
              label: t(`visibility.${value}`),
            }))}
          />
        )}
      </Labelled>
      <Suspense>
        {open && (
          <ConditionDialog
            value={of.visibleIf}
            onClose={() => setOpen(false)}
            onSave={(visibleIf) => {
              onChange({ visibleIf });
              setOpen(false);
            }}
          />
        )}
      </Suspense>
    </>
  );
}
