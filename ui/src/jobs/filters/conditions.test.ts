import { expect, it } from "vitest";
import { parseJob } from "@/api/job";
import type { Condition } from "@/api/job-keys";
import { failed, pendingJob } from "@/testing/jobs";
import { meets, withCondition } from "./conditions";

const job = parseJob({
  ...failed(pendingJob({ queue: "llm", tags: ["a"], metadata: { k: "v" }, createdAt: "2026-11-24T12:00:00Z" })),
  errorCode: "timed_out",
});

it.each<[Condition, boolean]>([
  [["queue", "llm"], true],
  [["queue", "default"], false],
  [["tag", "a"], true],
  [["tag", "A"], false],
  [["metadata.k", "v"], true],
  [["metadata.k", ""], false],
  [["worker", "worker-1"], true],
  [["worker", "worker"], false],
  [["errorCode", "timed_out"], true],
  [["errorCode", "expired"], false],
  [["result", "malformed"], false],
  [["createdAfter", "2026-11-24T11:59:59.999Z"], true],
  [["createdAfter", "2026-11-24T12:00:00Z"], false],
  [["createdBefore", "2026-11-24T12:00:00.001Z"], true],
  [["createdBefore", "2026-11-24T12:00:00Z"], false],
])("finds a job by %j as the API does: %s", (condition, found) => {
  expect(meets(job, condition)).toBe(found);
});

it("replaces what cannot be combined, and keeps the rest", () => {
  const before: Condition[] = [
    ["queue", "llm"],
    ["tag", "a"],
  ];
  expect(withCondition(before, ["metadata.k", "v"])).toEqual([
    ["queue", "llm"],
    ["metadata.k", "v"],
  ]);
  expect(withCondition(before, ["queue", "other"])).toEqual([
    ["tag", "a"],
    ["queue", "other"],
  ]);
});
