import { TableOutlined } from '@ant-design/icons';
import { Button, Checkbox, Popover } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ColumnChoice } from './use-columns.js';

/** Which columns a list shows. */
export function ColumnChooser({ choices, shown, choose }: ColumnChoice) {
  const { t } = useTranslation('components');
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  return (
    // The panel stands behind its button in the page, so that Tab goes from the one to the other.
    <div className="column-chooser" onKeyDown={(event) => open && event.key === 'Escape' && close()}>
      <Popover
        open={open}
        onOpenChange={setOpen}
        trigger="click"
        placement="bottomRight"
        arrow={false}
        getPopupContainer={(trigger) => trigger.parentElement ?? document.body}
        content={
          <Checkbox.Group
            className="column-choices"
            value={shown}
            options={choices.map(({ key, label }) => ({ value: key, label }))}
            onChange={choose}
          />
        }
      >
        <Button ref={button} icon={<TableOutlined aria-hidden="true" />} aria-expanded={open}>
          {t('table.columns')}
        </Button>
      </Popover>
    </div>
  );
}
