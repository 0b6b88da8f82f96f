import { lazy } from 'react';
import { registerMessages } from '../i18n/i18n.js';

/** A part with its texts, which arrive together, when it is first shown. */
async function withTexts<T>(part: Promise<T>): Promise<T> {
  const [loaded, { messages }] = await Promise.all([part, import('./messages.js')]);
  registerMessages('abTest', messages);
  return loaded;
}

/** The card of the campaign page on which a test is set up. */
export const AbTestCard = lazy(() => withTexts(import('./test-card.js')));

/** What a test will do once the campaign has started; nothing where nothing is tested. */
export const AbTestPlan = lazy(() => withTexts(import('./test-plan.js')));

/** Which variant a test message is of; nothing where nothing is tested. */
export const VariantPick = lazy(() => withTexts(import('./variant-pick.js')));

/** The tab of a report. */
export const AbTestTab = lazy(() => withTexts(import('./report-tab.js')));

/** Above a report: what the rest of the recipients wait for. */
export const AbTestNotice = lazy(() => withTexts(import('./report-notice.js')));

export { abReportQuery, abTestQuery, letterOf, startSubjectTest, type AbReport, type AbTest } from './ab-query.js';
export { problemsOf, testsTimes, type Departure } from './times.js';
