import { DatePicker, Radio } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { serverNow } from '../api/clock.js';
import { useTimeZone } from '../app/session.js';
import { TimeZoneSelect } from '../components/locale-fields.js';
import { OwnTime } from '../components/relative-time.js';
import { useDraftContext } from './draft-context.js';
import { Field } from './field.js';
import { Section } from './section.js';
import { instantOf, timeProblem, wallClock, type SendTime } from './send-time.js';
import { useNow } from './use-now.js';

/** Now, or at a time as the clock on the wall shows it in a zone. */
export function TimeSection() {
  const { t } = useTranslation('campaigns');
  const { time, setTime } = useDraftContext();
  const zone = useTimeZone();
  const problem = timeProblem(time, useNow());
  return (
    <Section name="time" number={6} state={problem === 'missing' ? 'warning' : problem ? 'error' : 'ok'}>
      <Radio.Group
        aria-label={t('section.time')}
        value={time.kind}
        onChange={(event) =>
          setTime(event.target.value === 'now' ? { kind: 'now' } : { kind: 'at', at: null, timezone: zone })
        }
        options={[
          { value: 'now', label: t('sendNow') },
          { value: 'at', label: t('schedule') },
        ]}
      />
      {time.kind === 'at' && <TimeFields time={time} problem={problem} />}
    </Section>
  );
}

interface TimeFieldsProps {
  time: Extract<SendTime, { kind: 'at' }>;
  problem: ReturnType<typeof timeProblem>;
}

function TimeFields({ time, problem }: TimeFieldsProps) {
  const { t } = useTranslation('campaigns');
  const { setTime } = useDraftContext();
  const said = problem === 'missing' && !time.tried ? undefined : problem && t(`timeProblem.${problem}`);
  return (
    <div className="form-row time-fields">
      <Field id="send-at" label={t('sendAt')} error={said ?? undefined}>
        <DatePicker
          id="send-at"
          className="wide"
          showTime={{ format: 'HH:mm', minuteStep: 5 }}
          // "Now" would be the clock of the PC, and a time that has passed.
          showNow={false}
          format="YYYY-MM-DD HH:mm"
          status={said ? 'error' : ''}
          value={time.at ? dayjs(time.at) : null}
          minDate={dayjs(wallClock(serverNow(), time.timezone)).startOf('day')}
          onChange={(at) => setTime({ ...time, at: at ? at.second(0).format('YYYY-MM-DDTHH:mm:ss') : null })}
        />
        {time.at && <OwnTime at={instantOf(time.at, time.timezone)} zone={time.timezone} />}
      </Field>
      <Field id="send-zone" label={t('timezone')}>
        <TimeZoneSelect
          id="send-zone"
          className="wide"
          value={time.timezone}
          onChange={(timezone) => setTime({ ...time, timezone })}
        />
      </Field>
    </div>
  );
}
