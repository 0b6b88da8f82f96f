/** A row of `COPY … TO STDOUT (FORMAT binary)`: its fields as Postgres sends them, null for NULL. */
export type BinaryRow = readonly (Buffer | null)[];

const HEADER_BYTES = 19;

/**
 * Splits what a binary COPY has sent, without copying it: a header, then of each row the number of fields (16 bits, -1 at
 * the end) and of each field its length (32 bits, -1 for NULL) and its bytes (PostgreSQL's manual, COPY, "Binary Format").
 */
export function binaryRows(bytes: Buffer): BinaryRow[] {
  const rows: BinaryRow[] = [];
  let at = HEADER_BYTES;
  const field = () => {
    const length = bytes.readInt32BE(at);
    at += 4 + Math.max(0, length);
    return length < 0 ? null : bytes.subarray(at - length, at);
  };
  for (let count = bytes.readInt16BE(at); count >= 0; count = bytes.readInt16BE(at)) {
    at += 2;
    rows.push(Array.from({ length: count }, field));
  }
  return rows;
}
