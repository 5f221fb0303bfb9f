import { expect, it } from "vitest";
import { type Job, parseJob } from "@/api/job";
import type { JobPage } from "@/api/list-jobs";
import { completed, pendingJob, running } from "@/testing/jobs";
import { EMPTY_LIST, emptyList, leavesGap, mergeFirstPage, mergeOlderPage, remove, upsert } from "./job-list";

const ALL = { status: null, q: "", conditions: [] };
const wires = Array.from({ length: 8 }, () => pendingJob()).reverse();
const [a, b, c, d, e, f, g, h] = wires.map(parseJob) as [Job, Job, Job, Job, Job, Job, Job, Job];
const page = (jobs: Job[], next: string | null = null): JobPage => ({ jobs, next, etag: null });
const first = (...jobs: Job[]) => mergeFirstPage(EMPTY_LIST, page(jobs), 0);
const ids = ({ jobs }: { jobs: readonly Job[] }) => jobs.map(({ id }) => id);

it("keeps newest first whatever the order of arrival", () => {
  const list = upsert(first(b, d), [c, a], ALL, 0);
  expect(ids(list)).toEqual(ids({ jobs: [a, b, c, d] }));
});

it("lets the newer report win, wherever it came from", () => {
  const begun = parseJob(running(wires[0] ?? pendingJob()));
  const pushed = upsert(first(a), [begun], ALL, 0);
  expect(pushed.jobs[0]).toBe(begun);
  expect(mergeFirstPage(pushed, page([a]), 1).jobs[0]).toBe(begun);
});

it("lets the later change win though the clock that made it was behind", () => {
  const wire = running(wires[0] ?? pendingJob());
  const ended = parseJob({ ...completed(wire), updatedAt: wire.createdAt });
  expect(upsert(first(parseJob(wire)), [ended], ALL, 0).jobs[0]).toBe(ended);
  expect(upsert(first(ended), [parseJob(wire)], ALL, 0).jobs[0]).toBe(ended);
});

it("keeps the known job where a poll says the same, so that nothing renders", () => {
  const list = first(a, b);
  const again = mergeFirstPage(list, page([{ ...a }, { ...b }]), 9_000);
  expect(again.jobs).toBe(list.jobs);
});

it("drops what a poll covers and no longer mentions", () => {
  expect(ids(mergeFirstPage(first(a, b, c), page([a, c]), 9_000))).toEqual(ids({ jobs: [a, c] }));
});

it("keeps a job that was pushed while a poll was in flight", () => {
  const list = upsert(first(b), [a], ALL, 1_000);
  expect(ids(mergeFirstPage(list, page([b]), 1_500))).toContain(a.id);
  expect(ids(mergeFirstPage(list, page([b]), 9_000))).not.toContain(a.id);
});

it("does not bring back a deleted job that a poll in flight still saw", () => {
  const list = remove(first(a, b), new Set([a.id]), 1_000);
  expect(ids(mergeFirstPage(list, page([a, b]), 1_500))).not.toContain(a.id);
});

it("stays one page long while only one is loaded", () => {
  const list = mergeFirstPage(EMPTY_LIST, page([b, c, d], "after-d"), 0);
  const grown = mergeFirstPage(list, page([a, b, c], "after-c"), 9_000);
  expect(ids(grown)).toEqual(ids({ jobs: [a, b, c] }));
  expect(grown.next).toBe("after-c");
});

it("appends older pages and keeps them when the first is polled again", () => {
  const one = mergeFirstPage(EMPTY_LIST, page([b, c], "after-c"), 0);
  const two = mergeOlderPage(one, page([d, e], "after-e"), { after: "after-c", boundary: c }, 0);
  const polled = mergeFirstPage(two, page([a, b], "after-b"), 9_000);
  expect(ids(polled)).toEqual(ids({ jobs: [a, b, c, d, e] }));
  expect(polled.next).toBe("after-e");
});

it("keeps no more pages than were loaded, however many jobs arrive", () => {
  const at = { after: "after-f", boundary: f };
  const two = mergeOlderPage(mergeFirstPage(EMPTY_LIST, page([e, f], "after-f"), 0), page([g, h], "after-h"), at, 0);
  const grown = upsert(two, [d], ALL, 0);
  const polled = mergeFirstPage(grown, page([d, e], "after-e"), 9_000);
  expect(ids(polled)).toEqual(ids({ jobs: [d, e, f, g, h] }));
  const trimmed = mergeFirstPage(polled, page([c, d], "after-d"), 9_000);
  expect(ids(trimmed)).toEqual(ids({ jobs: [c, d, e, f] }));
  expect(trimmed).toMatchObject({ next: "after-f", olderPages: [] });
});

it("drops from an older page what is gone there, and nothing around it", () => {
  const at = { after: "after-b", boundary: b };
  const one = mergeFirstPage(EMPTY_LIST, page([a, b], "after-b"), 0);
  const two = mergeOlderPage(one, page([c, d, e], "after-e"), at, 0);
  expect(ids(mergeOlderPage(two, page([c, e, f], "after-f"), at, 9_000))).toEqual(ids({ jobs: [a, b, c, e, f] }));
});

it("starts over rather than hide a gap", () => {
  const old = mergeFirstPage(EMPTY_LIST, page([e, f], "after-f"), 0);
  const fresh = page([a, b], "after-b");
  expect(leavesGap(old, fresh)).toBe(true);
  expect(ids(mergeFirstPage(old, fresh, 9_000))).toEqual(ids({ jobs: [a, b] }));
});

it("takes a job out of a filter it no longer matches, and adds none only the server can match", () => {
  const done = parseJob(completed(wires[1] ?? pendingJob()));
  expect(ids(upsert(first(a, b), [done], { status: "PENDING", q: "", conditions: [] }, 0))).toEqual([a.id]);
  expect(ids(upsert(first(b), [a], { status: null, q: "prompt", conditions: [] }, 0))).toEqual([b.id]);
});

it("ignores a stale report that a job left the filter", () => {
  const begun = parseJob(running(wires[1] ?? pendingJob()));
  const stale = { ...b, status: "CANCELLED" as const };
  const list = upsert(first(b), [begun], { status: "PENDING", q: "", conditions: [] }, 0);
  expect(ids(upsert(list, [stale], { status: "PENDING", q: "", conditions: [] }, 0))).toEqual([b.id]);
});

it("begins with the oldest where that was asked for, and ends with what is new", () => {
  const list = mergeFirstPage(emptyList(true), page([d, c, b]), 0);
  expect(ids(upsert(list, [a], ALL, 0))).toEqual(ids({ jobs: [d, c, b, a] }));
  const more = mergeFirstPage(emptyList(true), page([d, c], "after-c"), 0);
  expect(ids(upsert(more, [a, e], ALL, 0))).toEqual(ids({ jobs: [e, d, c] }));
  const whole = mergeOlderPage(more, page([b]), { after: "after-c", boundary: c }, 0);
  expect(ids(whole)).toEqual(ids({ jobs: [d, c, b] }));
  expect(whole.next).toBeNull();
});

it("goes on where the last page has grown since it was loaded", () => {
  const more = mergeFirstPage(emptyList(true), page([d, c], "after-c"), 0);
  const at = { after: "after-c", boundary: c };
  const whole = mergeOlderPage(more, page([b]), at, 0);
  const grown = mergeOlderPage(whole, page([b, a], "after-a"), at, 9_000);
  expect(grown.next).toBe("after-a");
  expect(ids(grown)).toEqual(ids({ jobs: [d, c, b, a] }));
});
