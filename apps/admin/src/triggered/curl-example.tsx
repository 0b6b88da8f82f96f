import { CopyOutlined } from '@ant-design/icons';
import { App, Button, Modal, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LinkButton } from '../components/link-button.js';

/** A first message that works on any installation: the simulated mailbox takes it, and no account is needed. */
const BODY = `{
    "to": "success@simulator.test",
    "subject": "Your code is {{data.code}}",
    "text": "Hello! Your code is {{data.code}}.",
    "data": { "code": "123456" }
  }`;

function command(): string {
  return `curl ${window.location.origin}/api/v1/messages \\
  -H "Authorization: Bearer YOUR_API_KEY" \\
  -H "Content-Type: application/json" \\
  -H "Idempotency-Key: first-message-1" \\
  -d '${BODY}'`;
}

/** The command with a button that copies it. */
export function CurlExample() {
  const { t } = useTranslation('triggered');
  const { t: common } = useTranslation('components');
  const { message } = App.useApp();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(command());
      message.success(common('copied'));
    } catch {
      message.info(common('copyByHand')); // plain-HTTP pages have no clipboard
    }
  };
  return (
    <div className="curl-example">
      <pre className="mono" tabIndex={0} aria-label={t('example.label')}>
        {command()}
      </pre>
      <Space wrap>
        <Button icon={<CopyOutlined />} onClick={() => void copy()}>
          {common('copy')}
        </Button>
        <LinkButton to="/settings/api-keys">{t('example.keys')}</LinkButton>
        <Button type="link" href="/api/docs" target="_blank" rel="noreferrer">
          {t('example.docs')}
        </Button>
      </Space>
    </div>
  );
}

/** The same in a dialog, for a log that is not empty any more. */
export function CurlExampleButton() {
  const { t } = useTranslation('triggered');
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('example.button')}</Button>
      <Modal open={open} onCancel={() => setOpen(false)} footer={null} title={t('example.title')} width={640}>
        <p>{t('example.text')}</p>
        <CurlExample />
      </Modal>
    </>
  );
}
