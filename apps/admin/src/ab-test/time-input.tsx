import { DatePicker } from 'antd';
import dayjs from 'dayjs';
import { serverNow } from '../api/clock.js';
import { OwnTime } from '../components/relative-time.js';
import { instantOf, wallClock } from '../components/wall-clock.js';

interface Props {
  /** Given by the form. */
  id?: string;
  value?: string | null;
  onChange?: (at: string | null) => void;
  zone: string;
}

/** An instant, chosen as the clock of a zone shows it. */
export function TimeInput({ id, value, onChange, zone }: Props) {
  return (
    <>
      <DatePicker
        {...(id === undefined ? {} : { id })}
        className="wide"
        showTime={{ format: 'HH:mm', minuteStep: 1 }}
        // "Now" would be the clock of the PC, and a time that has passed.
        showNow={false}
        // Enter takes the time; the rest of the test is not filled in yet.
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.preventDefault();
        }}
        format="YYYY-MM-DD HH:mm"
        value={value ? dayjs(wallClock(Date.parse(value), zone)) : null}
        minDate={dayjs(wallClock(serverNow(), zone)).startOf('day')}
        onChange={(at) =>
          onChange?.(at ? new Date(instantOf(at.second(0).format('YYYY-MM-DDTHH:mm:ss'), zone)).toISOString() : null)
        }
      />
      {value && <OwnTime at={Date.parse(value)} zone={zone} />}
    </>
  );
}
