import { DatePicker, Radio } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { serverNow } from '../api/clock.js';
import { useTimeZone } from '../app/session.js';
import { TimeZoneSelect } from '../components/locale-fields.js';
import { OwnTime } from '../components/relative-time.js';
import { instantOf, wallClock } from '../components/wall-clock.js';
import { ZonesAhead } from '../zones/index.js';
import { useDraftContext } from './draft-context.js';
import { Field } from './field.js';
import { Section } from './section.js';
import { timeProblem, type SendTime } from './send-time.js';
import { useNow } from './use-now.js';

/** Now, or at a time as the clock on the wall shows it: in one zone, or in each recipient's own. */
export function TimeSection() {
  const { t } = useTranslation('campaigns');
  const { time, setTime } = useDraftContext();
  const zone = useTimeZone();
  const problem = timeProblem(time, useNow());
  return (
    <Section name="time" number={6} state={problem === 'missing' ? 'warning' : problem ? 'error' : 'ok'}>
      <Radio.Group
        aria-label={t('section.time')}
        value={kindOf(time)}
        onChange={(event) => setTime(ofKind(event.target.value as Kind, time, zone))}
        options={[
          { value: 'now', label: t('sendNow') },
          { value: 'at', label: t('schedule') },
          { value: 'recipient', label: t('recipientZone') },
        ]}
      />
      {time.kind === 'at' && <TimeFields time={time} problem={problem} />}
    </Section>
  );
}

type Kind = 'now' | 'at' | 'recipient';

function kindOf(time: SendTime): Kind {
  return time.kind === 'at' && time.ofRecipient ? 'recipient' : time.kind;
}

/** The chosen kind of time, with the date that stands already. */
function ofKind(kind: Kind, time: SendTime, zone: string): SendTime {
  if (kind === 'now') return { kind: 'now' };
  const { at, timezone } = time.kind === 'at' ? time : { at: null, timezone: zone };
  return { kind: 'at', at, timezone, ...(kind === 'recipient' ? { ofRecipient: true } : {}) };
}

interface TimeFieldsProps {
  time: Extract<SendTime, { kind: 'at' }>;
  problem: ReturnType<typeof timeProblem>;
}

function TimeFields({ time, problem }: TimeFieldsProps) {
  const { t } = useTranslation('campaigns');
  const { draft, setTime } = useDraftContext();
  const { ofRecipient = false } = time;
  const said = problem === 'missing' && !time.tried ? undefined : problem && t(`timeProblem.${problem}`);
  return (
    <>
      <div className="form-row time-fields">
        <Field id="send-at" label={t(ofRecipient ? 'recipientAt' : 'sendAt')} error={said ?? undefined}>
          <DatePicker
            id="send-at"
            className="wide"
            showTime={{ format: 'HH:mm', minuteStep: 5 }}
            // "Now" would be the clock of the PC, and a time that has passed.
            showNow={false}
            format="YYYY-MM-DD HH:mm"
            status={said ? 'error' : ''}
            value={time.at ? dayjs(time.at) : null}
            minDate={dayjs(wallClock(serverNow(), ofRecipient ? 'Etc/GMT+12' : time.timezone)).startOf('day')}
            onChange={(at) => setTime({ ...time, at: at ? at.second(0).format('YYYY-MM-DDTHH:mm:ss') : null })}
          />
          {time.at && !ofRecipient && <OwnTime at={instantOf(time.at, time.timezone)} zone={time.timezone} />}
        </Field>
        <Field id="send-zone" label={t(ofRecipient ? 'fallbackZone' : 'timezone')}>
          <TimeZoneSelect
            id="send-zone"
            className="wide"
            value={time.timezone}
            onChange={(timezone) => setTime({ ...time, timezone })}
          />
        </Field>
      </div>
      {ofRecipient && time.at && problem === null && (
        <ZonesAhead audience={draft.audience} at={time.at} timezone={time.timezone} />
      )}
    </>
  );
}
