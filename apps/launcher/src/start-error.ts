/** A reason why nothing was started; the message says it in a sentence and names the remedy. */
export class StartError extends Error {}
