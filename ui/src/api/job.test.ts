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
  ['```json\n{"a":1}\n```', "json"],
  ["```\n[1]\n```\n", "json"],
  ['Here it is:\n```json\n{"a":1}\n```\nAnything else?', "json"],
  ['<think>Let me {see}.</think>\n\n{"a":1}', "json"],
  ['<think>Hm.</think>```json\n{"a":1}\n```', "json"],
  ['Hm.</think>{"a":1}', "json"],
  ['```json\n{"code":"```x```"}\n```', "json"],
  ['```python\nprint(1)\n```\n```json\n{"a":1}\n```', "json"],
  ["```json\n{almost}\n```", "malformed"],
  ["<think>Only a thought.</think>", "malformed"],
  ['<think>{"a":1}', "malformed"],
  ["```", "malformed"],
])("tells of %j that it is %s", (result, kind) => {
  expect(parseJob(completed(pendingJob(), result)).result?.kind).toBe(kind);
});

it("keeps the text as it came beside the JSON that it holds", () => {
  const text = '<think>Hm.</think>```json\n{"a": 1.10}\n```';
  expect(parseJob(completed(pendingJob(), text)).result).toEqual({ kind: "json", text, json: '{"a": 1.10}' });
});

it("does not call a result malformed that the list cut off", () => {
  const job = parseJob({ ...completed(pendingJob(), '{"a":"aaa'), resultTruncated: true });
  expect(job.result?.kind).toBe("partial");
});
