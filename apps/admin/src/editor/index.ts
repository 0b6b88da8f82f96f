import { registerMessages } from '../i18n/i18n.js';
import { messages } from './messages.js';

// Whoever shows a part of the editor has imported this file, so its texts are there before it is drawn.
registerMessages('editor', messages);

export { ContentEditor } from './content-editor.js';
export { EMPTY_CONTENT, isBlank } from './content.js';
export type { Content, Problem } from './content.js';
export { ImageDialog } from './image-picker.js';
export { PreviewPane, SizeMeter } from './preview-pane.js';
export { SubjectFields } from './subject-fields.js';
export { VariableMenu } from './variable-menu.js';
export { lettersOf } from './text-width.js';
export { usePreview } from './use-preview.js';
