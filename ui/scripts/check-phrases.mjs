import { readdirSync, readFileSync } from "node:fs";
import { extname, join, relative } from "node:path";

/* A phrase may go on in the next line of its comment. */
const GAP = "\\s+(?:[*#/]+\\s+)?";

/* What the spell check cannot forbid: phrases, and words that are wrong in one meaning alone. With what to write instead. */
const phrases = [
  [/\b(?:is|are|was|were|be|goes|went|going|comes) away\b(?! from)/i, "unavailable, unreachable"],
  [/\bin (?:work|hand)\b(?!-)/i, "in flight, running"],
  [/\bunder way\b/i, "in flight, running"],
  [/\b(?:gives?|given|gave) back\b/i, "requeues, returns"],
  [/\b(?:is|are|was|were|been|being|as|to be) told\b/i, "is published, is notified, is reported"],
  [/\banswers (?:false|true|null|whether)\b/i, "returns"],
  [/\bends? (?:as )?FAILED\b/, "finishes as FAILED"],
  [/\bsince ever\b/i, "overdue"],
  [/\bby turns\b/i, "interleaved"],
  [/\bthe direct way\b/i, "the fast path"],
  [/\bbare program\b/i, "baseline"],
  [/\bpatience\b/i, "timeout"],
  [/\bfor want of\b/i, "for lack of"],
].map(([phrase, instead]) => [new RegExp(phrase.source.replaceAll(" ", GAP), phrase.flags), instead]);

/* An old name that still works. */
const allowed = /DISPATCH_PATIENCE/g;

const root = join(import.meta.dirname, "../..");
const extensions = new Set([".md", ".java", ".ts", ".tsx", ".yaml", ".yml"]);
const skipped = new Set(["node_modules", "target", "dist", "schema.d.ts", ".data"]);

function* files(directory) {
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (skipped.has(entry.name) || entry.name.startsWith(".")) {
      continue;
    }
    if (entry.isDirectory()) {
      yield* files(path);
    } else if (extensions.has(extname(path))) {
      yield path;
    }
  }
}

function* faults(path) {
  const text = readFileSync(path, "utf8").replace(allowed, (name) => " ".repeat(name.length));
  for (const [phrase, instead] of phrases) {
    const found = text.match(phrase);
    if (found) {
      const line = text.slice(0, found.index).split("\n").length;
      yield `${relative(root, path)}:${line}: "${found[0]}", write: ${instead}`;
    }
  }
}

const found = [...files(root)].flatMap((path) => [...faults(path)]);
for (const fault of found) {
  process.stderr.write(`${fault}\n`);
}
process.exitCode = found.length > 0 ? 1 : 0;
