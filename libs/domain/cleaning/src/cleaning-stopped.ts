/** The cleaning was cancelled, deleted or taken over: whoever runs it stops without a word. */
export class CleaningStopped extends Error {}
