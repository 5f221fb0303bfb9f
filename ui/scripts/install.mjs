import { execSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";

/* npm ci empties node_modules even where nothing changed, which every Maven build would wait for. */
const stamp = "node_modules/.installed";
const wanted = createHash("sha256").update(readFileSync("package-lock.json")).update(process.version).digest("hex");

if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== wanted) {
  execSync("npm ci --prefer-offline --no-audit --no-fund", { stdio: "inherit" });
  writeFileSync(stamp, wanted);
}
