import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

/* Compressed once, as well as can be: the servers send the .gz beside a file to whoever accepts it. */
const WORTH_IT = 1_000;
const dist = new URL("../dist/", import.meta.url);

for (const name of readdirSync(dist, { recursive: true })) {
  const file = new URL(name, dist);
  if (!/\.(js|css|html|svg)$/.test(name) || statSync(file).size < WORTH_IT) continue;
  writeFileSync(new URL(`${file}.gz`), gzipSync(readFileSync(file), { level: 9 }));
}
