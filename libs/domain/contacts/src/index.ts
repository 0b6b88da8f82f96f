export { ContactsModule } from './contacts.module.js';
export { ContactsService } from './contacts.service.js';
export { FieldsService } from './fields.service.js';
export { ListsService } from './lists.service.js';
export { PurchasesService } from './purchases.service.js';
export { TagsService } from './tags.service.js';
export { findContact, findContactByCanonical, markAddressStatuses, markContactStatus } from './contact.repository.js';
export type { ContactRow, ContactRule } from './contact.repository.js';
export { findBehaviours } from './behaviour.js';
export { mergeDataOf } from './contact-view.js';
export { unsubscribeContact } from './memberships.js';
export type { Unsubscription } from './memberships.js';
export { findPreferences, savePreferences } from './preferences.js';
export type { ListPreference } from './preferences.js';
export { readSubscriber, subscribeContact } from './subscribe-contact.js';
export type { Subscriber } from './subscribe-contact.js';
export { findFields } from './field.repository.js';
export type { FieldRow } from './field.repository.js';
export { containsPattern } from './contains-pattern.js';
export { decodeIdCursor, decodeInstantCursor } from './page-key.js';
export { holdImport } from './imports/import.repository.js';
export { ImportDraftsService } from './imports/import-drafts.service.js';
export { ImportsService } from './imports/imports.service.js';
export { importJobHandlers } from './imports/import-jobs.js';
export { resumeStaleImports, runImport } from './imports/run-import.js';
export { FILE_MAX, fileTooLarge } from './imports/file-store.js';
export type { StoredFile } from './imports/file-store.js';
export { HEAD_BYTES, detectFormat } from './imports/file-format.js';
export { CsvReader } from './imports/csv-reader.js';
export type { CsvRecord } from './imports/csv-reader.js';
export { csvLine, neutraliseFormula, undoNeutralised } from './imports/cell-text.js';
export { isKnownDomain, lookUpDomains, lookUpMissing, mailOfDomains } from './domains/mail-domains.js';
export type { LookUp } from './domains/mail-domains.js';
export {
  changeAddresses,
  joinList,
  leaveList,
  rejoinList,
  restoreAddresses,
  tagContacts,
  unjoinList,
  untagContacts,
} from './undoable-changes.js';
export type { AddressBefore, MembershipBefore, Undoable } from './undoable-changes.js';
export { findListRefs } from './list.repository.js';
export { registerTags } from './tag.repository.js';
export { writeWorkbook } from './workbooks/write-workbook.js';
export type { CellOut, SheetOut } from './workbooks/write-workbook.js';
