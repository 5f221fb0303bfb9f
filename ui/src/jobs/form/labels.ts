/* What the API says of tags and metadata: UTF-16 code units, no control characters, no half of a surrogate pair. */

export const MOST_TAGS = 10;
export const MOST_PAIRS = 16;
const LONGEST_LABEL = 64;
const LONGEST_VALUE = 512;

/** The tags of a text that separates them by commas, each once. */
export const tagsOf = (text: string): string[] => [
  ...new Set(
    text
      .split(",")
      .map((tag) => tag.trim())
      .filter((tag) => tag !== ""),
  ),
];

/** The pairs of a text with one `key=value` a line; a line without the sign has a value of null. */
const linesOf = (text: string) =>
  text
    .split("\n")
    .map((line, index) => ({ line: line.trim(), number: index + 1 }))
    .filter(({ line }) => line !== "")
    .map(({ line, number }) => {
      const sign = line.indexOf("=");
      if (sign === -1) return { number, key: line, value: null };
      return { number, key: line.slice(0, sign).trim(), value: line.slice(sign + 1).trim() };
    });

/** The metadata of a text that has no objection. */
export const metadataOf = (text: string): Record<string, string> =>
  Object.fromEntries(linesOf(text).map(({ key, value }) => [key, value ?? ""]));

/** Why tags cannot be sent, or null. */
export function objectionToTags(text: string): string | null {
  const tags = tagsOf(text);
  if (tags.length > MOST_TAGS) return `At most ${MOST_TAGS} tags: these are ${tags.length}.`;
  const long = tags.find((tag) => tag.length > LONGEST_LABEL);
  if (long !== undefined) return `“${long.slice(0, 12)}…” has ${long.length} characters of at most ${LONGEST_LABEL}.`;
  return tags.some(isUnstorable) ? "A tag must have no control characters." : null;
}

/** Why metadata cannot be sent, or null. */
export function objectionToMetadata(text: string): string | null {
  const lines = linesOf(text);
  for (const [index, { number, key, value }] of lines.entries()) {
    const objection = objectionToPair(key, value);
    if (objection !== null) return `Line ${number}: ${objection}`;
    if (lines.findIndex((other) => other.key === key) < index) return `Line ${number}: the key is there twice.`;
  }
  return lines.length > MOST_PAIRS ? `At most ${MOST_PAIRS} pairs: these are ${lines.length}.` : null;
}

function objectionToPair(key: string, value: string | null): string | null {
  if (value === null) return "write key=value.";
  const objection = objectionToKey(key);
  if (objection !== null) return objection;
  if (value.length > LONGEST_VALUE) return `the value has ${value.length} characters of at most ${LONGEST_VALUE}.`;
  return isBroken(value) ? "the value must be valid Unicode." : null;
}

/** Why metadata can have no such key, or null. */
export function objectionToKey(key: string): string | null {
  if (key === "") return "the key is missing.";
  if (key.length > LONGEST_LABEL) return `the key has ${key.length} characters of at most ${LONGEST_LABEL}.`;
  if (/[.$=]/.test(key)) return "the key must have no . $ or =.";
  return isUnstorable(key) ? "the key must have no control characters." : null;
}

const isBroken = (text: string) => /\p{Cs}/u.test(text);
const isUnstorable = (text: string) => /\p{Cc}/u.test(text) || isBroken(text);
