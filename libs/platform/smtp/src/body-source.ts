import { Readable } from 'node:stream';

const SLICE = 65_536;

/**
 * The body as nodemailer takes it: it asks for a stream to be piped only after the server's 354, in the same tick in
 * which the first byte is written. So `pipe` is the moment between "nothing left" and "the body began".
 */
export class BodySource extends Readable {
  /** True from the first byte handed to the socket. */
  began = false;
  /** True when the final dot has been handed to the socket. */
  ended = false;

  constructor(
    private readonly body: Buffer,
    private readonly hooks: {
      /** Last word before the first byte; false gives the message up. */
      mayBegin: () => boolean;
      onGiveUp: () => void;
      onProgress: () => void;
      onEnd: () => void;
    },
  ) {
    super();
  }

  override _read(): void {
    this.push(null);
  }

  override pipe<T extends NodeJS.WritableStream>(encoder: T): T {
    if (!this.hooks.mayBegin()) {
      this.hooks.onGiveUp();
      return encoder;
    }
    this.began = true;
    encoder.on('data', () => this.hooks.onProgress());
    encoder.once('end', () => {
      this.ended = true;
      this.hooks.onEnd();
    });
    for (let at = 0; at < this.body.length; at += SLICE) encoder.write(this.body.subarray(at, at + SLICE));
    encoder.end();
    return encoder;
  }
}
