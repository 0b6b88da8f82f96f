/** Values of a statement and their places in its text. What somebody typed gets into SQL by `add` and in no other way. */
export class SqlParameters {
  readonly values: unknown[];

  /** @param taken values of `$1`, `$2` … that the statement around it has already */
  constructor(taken: readonly unknown[] = []) {
    this.values = [...taken];
  }

  /** @returns the place with its type, such as `$7::text[]` */
  add(value: unknown, type: 'bigint' | 'bigint[]' | 'int' | 'jsonb' | 'text' | 'text[]' | 'timestamptz'): string {
    this.values.push(value);
    return `$${this.values.length}::${type}`;
  }
}
