import { FilterOutlined } from '@ant-design/icons';
import { Tooltip } from 'antd';
import type { Condition } from '../document.js';
import { useConditionWords } from './condition-words.js';

/** On the canvas: that not everybody sees this, and who does. */
export function ConditionMark({ condition }: { condition: Condition }) {
  const words = useConditionWords()(condition);
  return (
    <Tooltip title={words}>
      <span className="condition-mark" role="img" aria-label={words}>
        <FilterOutlined aria-hidden="true" />
      </span>
    </Tooltip>
  );
}
