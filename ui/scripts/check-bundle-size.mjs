import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

/* What a browser loads before it shows anything: the entry and all it imports, not what is loaded later. */
const LIMIT = 180_000;
const dist = new URL("../dist/", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL(".vite/manifest.json", dist), "utf8"));

const first = new Set();
const visit = (name) => {
  if (first.has(name)) return;
  first.add(name);
  for (const imported of manifest[name].imports ?? []) visit(imported);
};
for (const [name, { isEntry }] of Object.entries(manifest)) if (isEntry) visit(name);

const sizes = [...first].map((name) => gzipSync(readFileSync(new URL(manifest[name].file, dist)), { level: 9 }).length);
const total = sizes.reduce((sum, size) => sum + size, 0);
const verdict = `First load: ${(total / 1000).toFixed(1)} kB of JavaScript (gzip), of ${LIMIT / 1000} kB allowed.`;
if (total === 0 || total > LIMIT) {
  process.stderr.write(`${verdict}\n`);
  process.exit(1);
}
process.stdout.write(`${verdict}\n`);
