import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";
import { parseJob } from "@/api/job";
import { completed, pendingJob } from "@/testing/jobs";
import { curlOf } from "./curl";

/** What a shell hands to the command. */
function argumentsOf(command: string): string[] {
  const shell = `curl() { for each in "$@"; do printf '%s\\0' "$each"; done; }; KEY=placeholder\n${command}`;
  return execFileSync("sh", ["-c", shell], { encoding: "utf8" }).split("\0").slice(0, -1);
}

it("submits the job with its options, whatever a shell makes of their characters", () => {
  const prompt = `It's "quoted" $HOME \`id\` \\ !x\n%d — 😀`;
  const options = {
    queue: "llm",
    priority: "high",
    timeoutSeconds: 60,
    retry: { maxAttempts: 3, backoff: "fixed", delaySeconds: 0 },
    metadata: { "it's": "$(reboot)" },
    tags: ["a,b"],
    webhook: { url: "https://example.org/?a=1&b='2'", events: ["job.failed"] },
  } as const;
  const job = completed(
    pendingJob({ prompt, ...options, tags: ["a,b"], webhook: { ...options.webhook, events: ["job.failed"] } }),
  );
  const [url, , type, , body, ...others] = argumentsOf(curlOf(parseJob(job), false));
  expect(url).toBe("http://localhost:3000/jobs");
  expect(type).toBe("Content-Type: application/json");
  expect(JSON.parse(body ?? "")).toEqual({ prompt, ...options });
  expect(others).toEqual([]);
});

it("has a variable in place of a key, and no time that has passed", () => {
  const ahead = new Date(Date.now() + 3_600_000).toISOString();
  const job = parseJob(pendingJob({ prompt: "Late", runAt: "2020-01-01T00:00:00.000Z", expiresAt: ahead }));
  const given = argumentsOf(curlOf(job, true));
  expect(given).toContain("Authorization: Bearer placeholder");
  expect(JSON.parse(given.at(-1) ?? "")).toEqual({ prompt: "Late", queue: "default", expiresAt: ahead });
});
