const FENCE = "```";
/* Of which each costs a try. */
const MOST_BLOCKS = 100;
const THOUGHT = "</think>";

/**
 * The JSON that a text is, or that it holds after a `<think>` part or in a fenced block, as models like to send it; null
 * where it holds none. The API's `JsonFinder` says the same.
 */
export function findJson(text: string): string | null {
  const answer = withoutThought(text);
  for (const candidate of [text, answer, ...fenced(answer)]) if (isJson(candidate)) return candidate.trim();
  return null;
}

function withoutThought(text: string): string {
  const end = text.indexOf(THOUGHT);
  return end === -1 ? text : text.slice(end + THOUGHT.length);
}

/* What stands between fences, without the language after the opening one; first all between the outermost. */
function* fenced(text: string): Generator<string> {
  const parts = text.split(FENCE);
  if (parts.length > 3) yield withoutLanguage(parts.slice(1, -1).join(FENCE));
  const end = Math.min(parts.length - 1, 2 * MOST_BLOCKS);
  for (let index = 1; index < end; index += 2) yield withoutLanguage(parts[index] ?? "");
}

const withoutLanguage = (block: string) => block.replace(/^[\w+-]*(?=\s)/, "");

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
