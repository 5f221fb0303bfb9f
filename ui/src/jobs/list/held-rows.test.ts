import { act, renderHook } from "@testing-library/react";
import { expect, it } from "vitest";
import { type Job, parseJob } from "@/api/job";
import { pendingJob } from "@/testing/jobs";
import { useHeldRows } from "./held-rows";

const [a, b, c, d] = Array.from({ length: 4 }, () => parseJob(pendingJob())).reverse() as [Job, Job, Job, Job];

const NOBODYS: ReadonlySet<string> = new Set();

function show(jobs: Job[], held: boolean, mine = NOBODYS) {
  return renderHook((props) => useHeldRows(props.jobs, mine, props.held), { initialProps: { jobs, held } });
}

it("shows new jobs at once while nobody points at the list", () => {
  const { result, rerender } = show([b], false);
  rerender({ jobs: [a, b], held: false });
  expect(result.current.rows.map(({ job }) => job)).toEqual([a, b]);
});

it("holds new jobs back, counts them, and shows them when asked or let go", () => {
  const { result, rerender } = show([c], true);
  rerender({ jobs: [a, b, c], held: true });
  expect(result.current.rows.map(({ job }) => job)).toEqual([c]);
  expect(result.current.waiting).toBe(2);
  act(() => result.current.release());
  expect(result.current.rows).toHaveLength(3);
  rerender({ jobs: [a, b, c], held: false });
  expect(result.current.waiting).toBe(0);
});

it("keeps the place of a job that is gone, and updates those that are not", () => {
  const { result, rerender } = show([b, c], true);
  const newer = { ...c, prompt: "changed" };
  rerender({ jobs: [newer], held: true });
  expect(result.current.rows).toEqual([
    { job: b, gone: true },
    { job: newer, gone: false },
  ]);
});

it("still grows at the end", () => {
  const { result, rerender } = show([b, c], true);
  rerender({ jobs: [b, c, d], held: true });
  expect(result.current.rows.map(({ job }) => job)).toEqual([b, c, d]);
});

it("lets in what was submitted here, and still holds back what was not", () => {
  const { result, rerender } = show([c], true, new Set([b.id]));
  rerender({ jobs: [a, b, c], held: true });
  expect(result.current.rows.map(({ job }) => job)).toEqual([b, c]);
  expect(result.current.waiting).toBe(1);
});

it("does not call a row gone that is merely below what is loaded", () => {
  const { result, rerender } = renderHook((jobs: Job[]) => useHeldRows(jobs, NOBODYS, true, true), {
    initialProps: [b, c, d],
  });
  rerender([a, c]);
  expect(result.current.rows).toEqual([
    { job: b, gone: true },
    { job: c, gone: false },
    { job: d, gone: false },
  ]);
});

it("lets new jobs come at the end of a held list that begins with the oldest", () => {
  const { result, rerender } = renderHook((props) => useHeldRows(props.jobs, NOBODYS, true, false, true), {
    initialProps: { jobs: [c, b] },
  });
  rerender({ jobs: [d, c, b, a] });
  expect(result.current.rows.map(({ job }) => job)).toEqual([c, b, a]);
  expect(result.current.waiting).toBe(1);
});
