import type { Scorecard } from './scorecard.js';

/** One line of the table of targets. */
export interface Target {
  name: string;
  measure: string;
  /** A share, or a count where `unit` says so. */
  land: number;
  aim: number;
  unit: '%' | 'mails' | '1/s';
}

/** How a target stands. */
export interface Standing extends Target {
  /** null: nothing was asked of it. */
  value: number | null;
  detail: string;
  ok: boolean;
  aimed: boolean;
}

const share = (name: string, measure: string, land: number, aim: number): Target => ({
  name,
  measure,
  land,
  aim,
  unit: '%',
});

/** What must be reached on collections the rules were written beside. */
export const KNOWN_MAIL: readonly Target[] = [
  share('bounces found', 'bounces found', 0.96, 0.99),
  {
    name: 'acted on though ordinary mail, delay, auto-reply',
    measure: 'acts on nobody',
    land: 0,
    aim: 0,
    unit: 'mails',
  },
  share('recipients exact', 'recipients', 0.92, 0.98),
  share('reason', 'reason', 0.9, 0.97),
  share('group', 'group', 0.95, 0.985),
  share('hard or not', 'hard', 0.96, 0.99),
  share('Chinese bounces wholly right', 'chinese', 0.8, 1),
  share('visible reply: Discourse', 'reply reply-discourse-trimmer', 0.7, 0.94),
  share('visible reply: Talon', 'reply reply-talon', 0.82, 0.95),
  share('visible reply: Chinese', 'reply reply-zh', 0.78, 0.94),
  share('ended in time', 'in time', 1, 1),
  { name: 'mails a second, one worker', measure: 'speed', land: 50, aim: 300, unit: '1/s' },
];

/** The same on mail nobody has seen: the reasons may miss more, everything else may not. */
export const UNSEEN_MAIL: readonly Target[] = KNOWN_MAIL.map((target) => {
  if (target.measure === 'reason') return { ...target, land: 0.8, aim: 0.9 };
  if (target.measure === 'group') return { ...target, land: 0.9, aim: 0.95 };
  return target.measure === 'hard' ? { ...target, land: 0.94, aim: 0.98 } : target;
});

/** How a scorecard stands against a table of targets; `speed` in mails a second is measured beside it. */
export function standings(card: Scorecard, targets: readonly Target[], speed: number | null = null): Standing[] {
  return targets.map((target) => {
    const { right, all } = card.count(target.measure);
    const wrong = all - right;
    switch (target.unit) {
      case '1/s':
        return judged(target, speed, '', speed ?? 0, true);
      case 'mails':
        return judged(target, all === 0 ? null : wrong, `of ${all}`, wrong, false);
      case '%':
        return judged(target, all === 0 ? null : right / all, `${right} of ${all}`, right / all, true);
    }
  });
}

function judged(target: Target, value: number | null, detail: string, got: number, moreIsBetter: boolean): Standing {
  const reaches = (mark: number) => value === null || (moreIsBetter ? got >= mark : got <= mark);
  return { ...target, value, detail, ok: reaches(target.land), aimed: reaches(target.aim) };
}
