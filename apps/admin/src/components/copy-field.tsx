import { CopyOutlined } from '@ant-design/icons';
import { App, Button, Input, Space } from 'antd';
import { useTranslation } from 'react-i18next';

/** A value that is shown this once, with a button that copies it. */
export function CopyField({ value, label }: { value: string; label: string }) {
  const { t } = useTranslation('components');
  const { message } = App.useApp();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value);
      message.success(t('copied'));
    } catch {
      // Plain-HTTP pages have no clipboard; the text is selected instead.
      message.info(t('copyByHand'));
    }
  };
  return (
    <Space.Compact block>
      <Input readOnly value={value} aria-label={label} className="mono" onFocus={(event) => event.target.select()} />
      <Button type="primary" icon={<CopyOutlined />} onClick={() => void copy()}>
        {t('copy')}
      </Button>
    </Space.Compact>
  );
}
