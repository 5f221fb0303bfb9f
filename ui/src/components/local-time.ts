/* What fields of the type datetime-local hold: a date and a time without a zone, in the browser's. */

/** The instant of a local date and time, in UTC, or null for an empty one. */
export function instantOf(local: string): string | null {
  const time = Date.parse(local);
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}

/** The local date and time of an instant, to the second; empty for what is none. */
export function localOf(instant: string): string {
  const time = Date.parse(instant);
  if (Number.isNaN(time)) return "";
  return new Date(time - new Date(time).getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}
