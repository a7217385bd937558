import type { FieldValue } from './read-value.ts'

/** Tells what was typed: `{ name, value }`. */
export class FieldInput extends CustomEvent<{ readonly name: string; readonly value: FieldValue }> {
  constructor(name: string, value: FieldValue) {
    super('axle-field-input', { detail: { name, value }, bubbles: true })
  }
}
