/** A workbook that can't be read; `message` says why, to go on behind a colon. */
export class WorkbookDamaged extends Error {}
