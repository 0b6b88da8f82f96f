export type MessageErrorCode = 'HEADER_INVALID' | 'DKIM_KEY_INVALID';

/** A message that may not be built as asked. `property` is the path of the wrong field, e.g. `from.name`. */
export class MessageError extends Error {
  readonly code: MessageErrorCode;
  readonly property: string;

  constructor(code: MessageErrorCode, property: string, message: string) {
    super(`${property}: ${message}`);
    this.name = 'MessageError';
    this.code = code;
    this.property = property;
  }
}
