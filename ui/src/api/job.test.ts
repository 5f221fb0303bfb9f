import { expect, it } from "vitest";
import { completed, pendingJob, running } from "@/testing/jobs";
import { parseJob } from "./job";

it("turns times into epoch milliseconds and what is absent into null", () => {
  const job = parseJob(pendingJob({ createdAt: "2026-11-24T12:00:00.250Z" }));
  expect(job.createdAt).toBe(Date.UTC(2026, 10, 24, 12, 0, 0, 250));
  expect(job).toMatchObject({ startedAt: null, completedAt: null, worker: null, result: null, error: null });
});

it("keeps who runs it", () => {
  expect(parseJob(running(pendingJob())).worker).toBe("worker-1");
});

it.each([
  ['{"a":1}', "json"],
  ["42", "json"],
  ["Sure! Here is your JSON: {}", "malformed"],
  ['{"a":1', "malformed"],
  ["", "malformed"],
])("tells of %j that it is %s", (result, kind) => {
  expect(parseJob(completed(pendingJob(), result)).result?.kind).toBe(kind);
});

it("does not call a result malformed that the list cut off", () => {
  const job = parseJob({ ...completed(pendingJob(), '{"a":"aaa'), resultTruncated: true });
  expect(job.result?.kind).toBe("partial");
});
