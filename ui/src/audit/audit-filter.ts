import type { AuditField, AuditFilter } from "@/api/audit";

export const FIELDS: readonly (readonly [AuditField, string])[] = [
  ["actor", "actor"],
  ["action", "action"],
  ["target", "target"],
];

/** How many characters of a value the API takes. */
export const LONGEST_VALUE = 200;

/** The filter as it is in the page's address: `actor:key:ci`. */
export const textOf = (filter: AuditFilter) => (filter === null ? null : `${filter.field}:${filter.value}`);

export function filterOf(text: string | null): AuditFilter {
  const [name, ...rest] = (text ?? "").split(":");
  const value = rest.join(":").slice(0, LONGEST_VALUE);
  const field = FIELDS.find(([each]) => each === name)?.[0];
  return field === undefined || value === "" ? null : { field, value };
}
