import { expect, it } from "vitest";
import { completed, pendingJob, running } from "@/testing/jobs";
import { parseJob } from "./job";
import results from "./results.json";

it("turns times into epoch milliseconds and what is absent into null", () => {
  const job = parseJob(pendingJob({ createdAt: "2026-11-24T12:00:00.250Z" }));
  expect(job.createdAt).toBe(Date.UTC(2026, 10, 24, 12, 0, 0, 250));
  expect(job).toMatchObject({ startedAt: null, completedAt: null, worker: null, result: null, error: null });
});

it("keeps who runs it", () => {
  expect(parseJob(running(pendingJob())).worker).toBe("worker-1");
});

it.each(results)("tells whether $result holds JSON", ({ result, json }) => {
  expect(parseJob(completed(pendingJob(), result)).result?.kind).toBe(json ? "json" : "malformed");
});

it("keeps the text as it came beside the JSON that it holds", () => {
  const text = '<think>Hm.</think>```json\n{"a": 1.10}\n```';
  expect(parseJob(completed(pendingJob(), text)).result).toEqual({ kind: "json", text, json: '{"a": 1.10}' });
});

it("does not call a result malformed that the list cut off", () => {
  const job = parseJob({ ...completed(pendingJob(), '{"a":"aaa'), resultTruncated: true });
  expect(job.result?.kind).toBe("partial");
});

it("calls a result malformed of which the API says so, even where the list cut it off", () => {
  const job = parseJob({ ...completed(pendingJob(), "Sure!"), resultTruncated: true, resultMalformed: true });
  expect(job.result?.kind).toBe("malformed");
});
