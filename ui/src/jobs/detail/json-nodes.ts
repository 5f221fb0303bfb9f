/** A value of a JSON text, word for word: digits, escapes, order and repeated names as received. */
export type JsonNode = JsonLeaf | JsonBranch;
type JsonLeaf = { text: string };
export type JsonBranch = { brackets: "{}" | "[]"; entries: JsonEntry[] };
/** `name`: an object's name as written, quotes included; null in an array. */
type JsonEntry = { name: string | null; value: JsonNode };

const TOKEN = /"(?:[^"\\]+|\\.)*"|[{}[\]:]|[^\s{}[\]:,"]+/g;

export const isBranch = (node: JsonNode): node is JsonBranch => "entries" in node;

/** Reads a text that is known to be JSON; without recursion, so that no depth is too deep. */
export function readJson(text: string): JsonNode {
  const root: JsonBranch = { brackets: "[]", entries: [] };
  const open = [root];
  let name: string | null = null;
  const add = (value: JsonNode) => {
    open.at(-1)?.entries.push({ name, value });
    name = null;
  };
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === "{" || token === "[") {
      const branch: JsonBranch = { brackets: token === "{" ? "{}" : "[]", entries: [] };
      add(branch);
      open.push(branch);
    } else if (token === "}" || token === "]") open.pop();
    else if (token === ":") name = takeName(open.at(-1));
    else add({ text: token });
  }
  return root.entries[0]?.value ?? { text };
}

/* Only the colon tells that the string before it was a name. */
function takeName(branch: JsonBranch | undefined): string | null {
  const entry = branch?.entries.pop();
  return entry && !isBranch(entry.value) ? entry.value.text : null;
}

export type JsonRow = { entry: JsonEntry; index: number; depth: number };

/** The rows of a tree of which these branches are open, from the top down. */
export function rowsOf(root: JsonNode, isOpen: (branch: JsonBranch) => boolean): JsonRow[] {
  const rows: JsonRow[] = [];
  const pending: JsonRow[] = [{ entry: { name: null, value: root }, index: -1, depth: 0 }];
  for (let row = pending.pop(); row; row = pending.pop()) {
    rows.push(row);
    const { value } = row.entry;
    if (!isBranch(value) || !isOpen(value)) continue;
    for (let index = value.entries.length - 1; index >= 0; index--) {
      const entry = value.entries[index];
      if (entry) pending.push({ entry, index, depth: row.depth + 1 });
    }
  }
  return rows;
}
