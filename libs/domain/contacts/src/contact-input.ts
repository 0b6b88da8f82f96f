import { DomainError } from '#contracts';
import type { FieldError } from '#contracts';
import type { Sql } from '#platform/database';
import { parseAddress } from '#engine/address';
import type { ContactValues } from './contact.repository.js';
import { findFields } from './field.repository.js';
import { parseFieldValue } from './field-value.js';
import type { StoredValue } from './field-value.js';

type Address = Pick<ContactValues, 'email' | 'canonical' | 'domain' | 'international'>;
type Input = string | number | boolean | null;

/** Reads what a person or program sent into what is stored; every wrong field is named at once. */
export class ContactInput {
  readonly errors: FieldError[] = [];

  constructor(
    private readonly sql: Sql,
    private readonly workspaceId: string,
  ) {}

  /** The parts of an address, at property `email`; the code is that of the address parser. */
  address(email: string): Address {
    const parsed = parseAddress(email);
    if (!parsed.ok) {
      this.errors.push({ property: 'email', code: parsed.code, message: parsed.message });
      return { email: '', canonical: '', domain: '', international: false };
    }
    const { address, canonical, domain, international } = parsed.value;
    return { email: address, canonical, domain, international };
  }

  /** `present` with the given values laid over it; null and the empty string take a value away. */
  async fields(
    present: Record<string, StoredValue>,
    input: Record<string, Input>,
  ): Promise<Record<string, StoredValue>> {
    const result = { ...present };
    if (Object.keys(input).length === 0) return result;
    const types = new Map((await findFields(this.sql, this.workspaceId)).map((field) => [field.key, field.type]));
    for (const [key, value] of Object.entries(input)) {
      const type = types.get(key);
      if (!type) {
        const message = `There is no field ${key}. Create it under /fields first.`;
        this.errors.push({ property: `fields.${key}`, code: 'UNKNOWN_FIELD', message });
        continue;
      }
      const parsed = parseFieldValue(type, value);
      if (!parsed.ok) this.errors.push({ property: `fields.${key}`, code: parsed.code, message: parsed.message });
      else if (parsed.value === null) delete result[key];
      else result[key] = parsed.value;
    }
    return result;
  }

  /** @throws DomainError with everything that was wrong so far; ADDRESS_INVALID when it is the address alone */
  check(): void {
    const first = this.errors[0];
    if (!first) return;
    const code = this.errors.every((error) => error.property === 'email') ? 'ADDRESS_INVALID' : 'VALIDATION_FAILED';
    throw new DomainError(code, first.message, { errors: this.errors, property: first.property });
  }
}
