import { HttpResponse, http } from "msw";
import { beforeEach, expect, it } from "vitest";
import { pendingJob } from "@/testing/jobs";
import { server } from "@/testing/server";
import { createJob } from "./create-job";
import { createJobs } from "./create-jobs";
import { retryJob } from "./retry-job";
import { newTraceparent } from "./trace";

const TRACEPARENT = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-01$/;

let traces: (string | null)[];

beforeEach(() => {
  traces = [];
  const answer =
    (body: object) =>
    ({ request }: { request: Request }) => {
      traces.push(request.headers.get("traceparent"));
      return HttpResponse.json(body);
    };
  server.use(
    http.post("/jobs", answer(pendingJob())),
    http.post("/jobs/batch", answer([pendingJob()])),
    http.post("/jobs/:id/retry", answer(pendingJob())),
  );
});

it("begins another trace each time", () => {
  const several = Array.from({ length: 100 }, newTraceparent);
  expect(new Set(several.map((trace) => trace.split("-")[1])).size).toBe(100);
  for (const trace of several) expect(trace).toMatch(TRACEPARENT);
});

it("begins with whatever makes workers work", async () => {
  await createJob({ prompt: "a" }, "key");
  await createJobs([{ prompt: "a" }], "key");
  await retryJob("id");
  expect(traces).toHaveLength(3);
  for (const trace of traces) expect(trace).toMatch(TRACEPARENT);
});
