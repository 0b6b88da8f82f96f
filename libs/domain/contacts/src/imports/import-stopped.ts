/** The import was cancelled, its list deleted, or another runner has taken it over: end quietly, commit nothing. */
export class ImportStopped extends Error {
  override name = 'ImportStopped';
}
