import { act, screen, waitFor, within } from "@testing-library/react";
import axe from "axe-core";
import { HttpResponse, http } from "msw";
import { expect, it } from "vitest";
import { parseJob } from "@/api/job";
import { reportPushes } from "@/api/pushes";
import type { Session } from "@/api/session";
import {
  completed,
  deferred,
  failed,
  pendingJob,
  progressing,
  retried,
  running,
  tryFailed,
  withHistory,
} from "@/testing/jobs";
import { open, openAsking } from "@/testing/render";
import { OPEN_ACCESS, serveJobs, server } from "@/testing/server";
import { upsertJobs } from "../job-cache";

const drawer = async () => within(await screen.findByRole("dialog"));

it("opens from its row and closes again, in the address too", async () => {
  const job = completed(pendingJob({ prompt: "Open me" }));
  serveJobs(job);
  const { user } = open();
  await user.click(await screen.findByRole("link", { name: /Open me/ }));
  expect(window.location.search).toBe(`?job=${job.id}`);
  expect((await drawer()).getByText(job.id)).toBeVisible();
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
  expect(window.location.search).toBe("");
});

it("shows the result as a tree or raw, and the timeline", async () => {
  const job = completed(pendingJob(), '{"answer":{"tags":["x"]},"n":42}');
  serveJobs(job);
  const { user } = open(`/?job=${job.id}`);
  const view = await drawer();
  expect(await view.findByText("Started by worker-1")).toBeVisible();
  expect(view.getByText("42")).toBeVisible();
  expect(view.queryByText('"x"')).not.toBeInTheDocument();
  await user.click(view.getByRole("button", { name: /tags/ }));
  expect(view.getByText('"x"')).toBeVisible();
  await user.click(view.getByRole("radio", { name: "Raw" }));
  expect(view.getByText('{"answer":{"tags":["x"]},"n":42}')).toBeVisible();
});

it("shows the raw text of a hallucinated response under its badge", async () => {
  const job = completed(pendingJob(), "Sure!\n{ almost }");
  serveJobs(job);
  open(`/?job=${job.id}`);
  const view = await drawer();
  expect(await view.findByText("Hallucinated Response")).toBeVisible();
  expect(view.getByText(/^Sure!\s+\{ almost \}$/)).toBeVisible();
});

it("retries a failed job at once and follows it", async () => {
  const job = failed(pendingJob({ prompt: "Again" }), "Out of memory");
  serveJobs(job);
  const again = running(retried(job));
  server.use(
    http.post(`/jobs/${job.id}/retry`, () => {
      serveJobs(again);
      return HttpResponse.json(again);
    }),
  );
  const { user } = open(`/?job=${job.id}`);
  const view = await drawer();
  expect(await view.findByText("Out of memory")).toBeVisible();
  await user.click(view.getByRole("button", { name: /Retry/ }));
  expect(await view.findByText(/Running/)).toBeVisible();
  expect(view.queryByText("Out of memory")).not.toBeInTheDocument();
});

it("shows the deliveries to a webhook, and sends one again", async () => {
  const job = { ...failed(pendingJob(), "no"), webhook: { url: "https://example.com/hook" } };
  serveJobs(job);
  const delivery = { id: "d-1", type: "job.failed", url: "https://example.com/hook", createdAt: job.createdAt };
  const attempt = { attempts: 8, attemptedAt: job.createdAt, httpStatus: 500, answer: "oops", error: "It answers 500" };
  let answer: object = { ...delivery, ...attempt, status: "failed" };
  server.use(
    http.get(`/jobs/${job.id}/deliveries`, () => HttpResponse.json([answer])),
    http.post(`/jobs/${job.id}/deliveries/d-1/redeliver`, () => {
      answer = { ...delivery, status: "delivered", attempts: 1, attemptedAt: job.createdAt, httpStatus: 204 };
      return HttpResponse.json({ ...delivery, status: "pending", attempts: 0 });
    }),
  );
  const { user } = open(`/?job=${job.id}`);
  const view = await drawer();
  expect(await view.findByText("It answers 500")).toBeVisible();
  expect(view.getByText(/answered 500 · 8 attempts/)).toBeVisible();
  await user.click(view.getByRole("button", { name: "Redeliver job.failed" }));
  expect(await view.findByText("Delivered")).toBeVisible();
  expect(view.queryByText("It answers 500")).not.toBeInTheDocument();
});

it("asks for no deliveries of a job without a webhook", async () => {
  const job = completed(pendingJob());
  serveJobs(job);
  open(`/?job=${job.id}`);
  expect(await (await drawer()).findByText("Result")).toBeVisible();
  expect((await drawer()).queryByText("Deliveries")).not.toBeInTheDocument();
});

it("asks before it deletes", async () => {
  const job = completed(pendingJob({ prompt: "Delete me" }));
  serveJobs(job);
  server.use(
    http.delete(`/jobs/${job.id}`, () => {
      serveJobs();
      return new HttpResponse(null, { status: 204 });
    }),
  );
  const { user } = open(`/?job=${job.id}`);
  await user.click(await (await drawer()).findByRole("button", { name: /Delete/ }));
  await user.click(await screen.findByRole("button", { name: "Delete this job" }));
  expect(await screen.findByText("This job does not exist")).toBeVisible();
  await waitFor(() => expect(screen.queryByRole("link", { name: /Delete me/ })).not.toBeInTheDocument());
});

it("says when there is no such job", async () => {
  serveJobs();
  open("/?job=nothing");
  expect(await screen.findByText("This job does not exist")).toBeVisible();
});

/** Lets the API know one job, and counts how often it sends all of it and how often only that nothing changed. */
function serveWithEtag(job: ReturnType<typeof pendingJob>) {
  const answers = { full: 0, unchanged: 0 };
  serveJobs(job);
  server.use(
    http.get(`/jobs/${job.id}`, ({ request }) => {
      if (request.headers.get("if-none-match") === '"1"') {
        answers.unchanged++;
        return new HttpResponse(null, { status: 304 });
      }
      answers.full++;
      return HttpResponse.json(job, { headers: { etag: '"1"' } });
    }),
  );
  return answers;
}

it("loads a result once, and then only asks whether it changed", async () => {
  const job = completed(pendingJob());
  const answers = serveWithEtag(job);
  open(`/?job=${job.id}`);
  await waitFor(() => expect(answers.unchanged).toBeGreaterThanOrEqual(2));
  expect(answers.full).toBe(1);
  expect((await drawer()).getByText("Completed")).toBeVisible();
});

it("asks no more about a job that ended while changes are pushed", async () => {
  const job = completed(pendingJob());
  const answers = serveWithEtag(job);
  open(`/?job=${job.id}`);
  await waitFor(() => expect(answers.unchanged).toBeGreaterThanOrEqual(1));
  let polls = 0;
  server.events.on("request:start", ({ request }) => {
    if (new URL(request.url).pathname === "/jobs") polls++;
  });
  act(() => reportPushes(true));
  await waitFor(() => expect(polls).toBeGreaterThanOrEqual(1)); // what was asked before is answered
  const { full, unchanged } = answers;
  const before = polls;
  await waitFor(() => expect(polls).toBeGreaterThanOrEqual(before + 2));
  expect(answers).toEqual({ full, unchanged });
  server.events.removeAllListeners();
});

it("counts how long a job waits from its retry", async () => {
  const job = running(retried(failed(pendingJob())));
  serveJobs(job);
  const at = (seconds: number) => new Date(Date.parse(job.startedAt ?? "") - seconds * 1000).toISOString();
  const history = [
    { type: "CREATED" as const, at: job.createdAt, attempt: 1 },
    { type: "RETRIED" as const, at: at(4), attempt: 2 },
  ];
  server.use(http.get(`/jobs/${job.id}`, () => HttpResponse.json({ ...job, history })));
  open(`/?job=${job.id}`);
  const view = await drawer();
  await view.findByText("Retried");
  expect(view.getByText("Waited").nextElementSibling).toHaveTextContent("4.0 s");
});

it("shows times with their zone, and in UTC on hover", async () => {
  const job = completed(pendingJob({ createdAt: "2026-11-24T12:00:00.250Z" }));
  serveJobs(job);
  open(`/?job=${job.id}`);
  const view = await drawer();
  const created = (await view.findByText("Created")).nextElementSibling?.querySelector("time");
  expect(created).toHaveTextContent(/^Nov 2\d, 2026, \d{1,2}:00:00 [AP]M (UTC|GMT|[A-Z]{2,4}).*$/);
  expect(created).toHaveAttribute("title", "Nov 24, 2026, 12:00:00.250 PM UTC");
});

it("lets each text choose its direction", async () => {
  const job = completed(pendingJob({ prompt: "مرحبا" }), "שלום");
  serveJobs(job);
  open(`/?job=${job.id}`);
  const view = await drawer();
  expect(await view.findByText("مرحبا")).toHaveAttribute("dir", "auto");
  expect(view.getByText("שלום")).toHaveAttribute("dir", "auto");
});

it("opens every level of a deep result at once, word for word", async () => {
  const job = completed(pendingJob(), '{"a":[[[{"n":12345678901234567890,"n":1.10}]]]}');
  serveJobs(job);
  const { user } = open(`/?job=${job.id}`);
  const view = await drawer();
  await user.click(await view.findByRole("button", { name: "Expand all" }));
  expect(view.getByText("12345678901234567890")).toBeVisible();
  expect(view.getByText("1.10")).toBeVisible();
  await user.click(view.getByRole("button", { name: "Collapse all" }));
  expect(view.queryByText("1.10")).not.toBeInTheDocument();
});

it("shows the JSON of a fenced answer, and the answer itself as it came", async () => {
  const job = completed(pendingJob(), 'Here:\n```json\n{"n":42}\n```');
  serveJobs(job);
  const { user } = open(`/?job=${job.id}`);
  const view = await drawer();
  expect(await view.findByText("42")).toBeVisible();
  expect(view.queryByText("Hallucinated Response")).not.toBeInTheDocument();
  await user.click(view.getByRole("radio", { name: "Raw" }));
  expect(view.getByText(/^Here:\s+```json/)).toBeVisible();
});

it("shows the whole of a running job's progress, and the last report in the timeline", async () => {
  const job = progressing(running(pendingJob()), 42.9, "Page 12 of 28");
  serveJobs(job);
  open(`/?job=${job.id}`);
  const view = await drawer();
  expect(await view.findByRole("progressbar", { name: "Progress" })).toHaveAttribute("aria-valuenow", "42");
  expect(await view.findByText(/Reported 42 % done/)).toHaveTextContent("Page 12 of 28");
  expect(view.getAllByText("Page 12 of 28")[0]).toHaveAttribute("dir", "auto");
});

it("shows until when a job is deferred, and why, and that it was queued again", async () => {
  const job = deferred(running(pendingJob()), "The provider's limit is reached");
  serveJobs(job);
  const history = [
    { type: "CREATED" as const, at: job.createdAt, attempt: 1 },
    { type: "DEFERRED" as const, at: job.updatedAt, attempt: 1, detail: "The first limit" },
    { type: "PUBLISHED" as const, at: job.updatedAt, attempt: 1 },
    { type: "DEFERRED" as const, at: job.updatedAt, attempt: 1, detail: "The provider's limit is reached" },
  ];
  server.use(http.get(`/jobs/${job.id}`, () => HttpResponse.json({ ...job, history })));
  open(`/?job=${job.id}`);
  const view = await drawer();
  expect(await view.findByText(/Retries at/)).toHaveTextContent(/Retries at .*\d{1,2}:\d{2}:\d{2} [AP]M/);
  expect(await view.findByText("Queued again")).toBeVisible();
  const lines = view.getAllByText(/^Deferred, to be tried again later/).map((line) => line.textContent);
  expect(lines).toEqual([
    expect.stringContaining("The first limit"),
    expect.stringContaining("The provider's limit is reached"),
  ]);
});

it("shows the next try, the policy and a line for each try that failed", async () => {
  const retry = { maxAttempts: 4, backoff: "fixed" as const, delaySeconds: 90 };
  const job = tryFailed(running(pendingJob({ retry })), "The model gave up", 300);
  serveJobs(job);
  const history = [
    { type: "CREATED" as const, at: job.createdAt, attempt: 1 },
    { type: "ATTEMPT_FAILED" as const, at: job.updatedAt, attempt: 1, detail: "The model gave up" },
    { type: "PUBLISHED" as const, at: job.updatedAt, attempt: 2 },
  ];
  server.use(http.get(`/jobs/${job.id}`, () => HttpResponse.json({ ...job, history })));
  open(`/?job=${job.id}`);
  const view = await drawer();
  expect(await view.findByText("Try 2 of 4")).toBeVisible();
  expect(view.getByText(/^Retries/)).toHaveTextContent(/Retries in [45]:\d\d, at .*[AP]M/);
  expect(view.getByText("Tries").nextElementSibling).toHaveTextContent("up to 4, fixed delay of 1 min 30 s");
  expect(await view.findByText(/^Failed, to be tried again/)).toHaveTextContent("The model gave up");
  expect(view.getByText("Queued again")).toBeVisible();
});

it("shows what a model used", async () => {
  const job = { ...completed(pendingJob()), usage: { model: "gpt-5-mini", inputTokens: 1_200, outputTokens: 340 } };
  serveJobs(job);
  open(`/?job=${job.id}`);
  const tokens = await (await drawer()).findByText("Tokens");
  expect(tokens.nextElementSibling).toHaveTextContent("1,200 in, 340 out · gpt-5-mini");
});

it("shows which try runs, and why the one before failed", async () => {
  const { nextAttemptAt: _, ...queued } = tryFailed(running(pendingJob()), "The model gave up");
  const job = running(queued);
  serveJobs(job);
  open(`/?job=${job.id}`);
  const view = await drawer();
  expect(await view.findByText("Try 2 of 5")).toBeVisible();
  expect(view.getByText("The model gave up")).toBeVisible();
  expect(view.queryByText(/^Retries/)).not.toBeInTheDocument();
});

it("shows the timeout that was asked for, or that there was none", async () => {
  const [own, none] = [pendingJob({ prompt: "own", timeoutSeconds: 5_400 }), pendingJob()];
  serveJobs(own, none);
  const { user } = open(`/?job=${none.id}`);
  expect((await (await drawer()).findByText("Timeout")).nextElementSibling).toHaveTextContent("server default");
  await user.click(screen.getByRole("link", { name: /own/ }));
  await waitFor(async () =>
    expect((await drawer()).getByText("Timeout").nextElementSibling).toHaveTextContent("1 h 30 min per attempt"),
  );
});

it("shows when a scheduled job starts and until when it may, and that it does not wait yet", async () => {
  const at = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
  const job = pendingJob({ runAt: at(60), expiresAt: at(120) });
  serveJobs(job);
  open(`/?job=${job.id}`);
  const view = await drawer();
  expect(await view.findByText(/Starts at/)).toHaveTextContent(/Starts at .*\d{1,2}:\d{2}:\d{2} [AP]M/);
  expect(view.getByText("Runs at").nextElementSibling).toHaveTextContent(/:\d{2} [AP]M/);
  expect(view.getByText("Expires at").nextElementSibling).toHaveTextContent(/:\d{2} [AP]M/);
  expect(view.getByText("Waited").nextElementSibling).toHaveTextContent("–");
});

it("shows a job's tags, which its row begins with, and its metadata", async () => {
  const job = pendingJob({ prompt: "marked", tags: ["red", "blue", "green", "grey"], metadata: { customer: "17" } });
  serveJobs(job);
  open(`/?job=${job.id}`);
  const view = await drawer();
  expect((await view.findByText("Tags")).nextElementSibling).toHaveTextContent("redbluegreengrey");
  expect(view.getByText("customer").nextElementSibling).toHaveTextContent("17");
  expect(screen.getByRole("link", { name: /marked.*red.*blue.*green.*\+1/ })).toBeInTheDocument();
});

it("does not load the history anew because a job made progress", async () => {
  const job = running(pendingJob());
  let loads = 0;
  serveJobs(job);
  server.use(
    http.get(`/jobs/${job.id}`, () => {
      loads++;
      return HttpResponse.json(withHistory(job));
    }),
  );
  const { client } = open(`/?job=${job.id}`);
  const view = await drawer();
  await view.findByText("Started by worker-1");
  const before = loads;
  let pushed = job;
  for (let percent = 1; percent <= 10; percent++) {
    pushed = progressing(pushed, percent);
    upsertJobs(client, [parseJob(pushed)]);
  }
  await waitFor(() => expect(view.getByRole("progressbar")).toHaveAttribute("aria-valuenow", "10"));
  expect(loads).toBe(before);
});

it("says which queue a job waits in, and whether it overtakes others", async () => {
  const job = pendingJob({ queue: "llm", priority: "high" });
  serveJobs(job);
  open(`/?job=${job.id}`);
  const view = await drawer();
  expect((await view.findByText("Queue")).nextSibling).toHaveTextContent("llm");
  expect(view.getByText("Priority").nextSibling).toHaveTextContent("high");
});

it("compares two attempts side by side, as the address says", async () => {
  const job = { ...completed(pendingJob(), '{"a":1}'), attempt: 3 };
  const at = job.createdAt;
  const history: NonNullable<typeof job.history> = [
    { type: "ATTEMPT_FAILED", at, attempt: 1, detail: "Overloaded after 12 s" },
    { type: "ATTEMPT_FAILED", at, attempt: 2, detail: "Overloaded after 47 s" },
    { type: "COMPLETED", at, attempt: 3 },
  ];
  serveJobs(job);
  server.use(http.get("/jobs/:id", () => HttpResponse.json({ ...job, history })));
  const { user } = open(`/?job=${job.id}`);
  await user.click(await screen.findByRole("button", { name: "Compare…" }));
  expect(window.location.search).toBe(`?job=${job.id}&compare=2-3`);
  const dialog = within(await screen.findByRole("dialog", { name: "Compare attempts" }));
  await user.selectOptions(dialog.getByRole("combobox", { name: "Second attempt" }), "Attempt 1");
  expect(window.location.search).toBe(`?job=${job.id}&compare=2-1`);
  expect(dialog.getByText("47").tagName).toBe("MARK");
  expect(dialog.getByText("12").tagName).toBe("MARK");
  expect(dialog.getByRole("rowheader", { name: "Outcome" })).toBeVisible();
  expect(dialog.getByRole("rowheader", { name: "Error ≠ differs" })).toBeVisible();
  expect((await axe.run(document.body, { rules: { "color-contrast": { enabled: false } } })).violations).toEqual([]);
  await user.keyboard("{Escape}");
  await waitFor(() => expect(window.location.search).toBe(`?job=${job.id}`));
});

it("leads to the trace and to Grafana where the operator says where they are", async () => {
  const job = { ...completed(pendingJob()), traceId: "4bf92f3577b34da6a3ce929d0e0e4736" };
  serveJobs(job);
  const session: Session = {
    ...OPEN_ACCESS,
    links: { trace: "https://tempo.example.org/{traceId}", grafana: "http://localhost:3001/d/pipeline?var-queue=a" },
  };
  openAsking(`/?job=${job.id}`, session);
  const view = await drawer();
  expect(await view.findByRole("link", { name: /^Trace/ })).toHaveAttribute(
    "href",
    "https://tempo.example.org/4bf92f3577b34da6a3ce929d0e0e4736",
  );
  const grafana = new URL(view.getByRole("link", { name: /^Grafana/ }).getAttribute("href") ?? "");
  expect(grafana.searchParams.get("var-queue")).toBe("a");
  expect(Number(grafana.searchParams.get("from"))).toBeLessThan(Date.parse(job.createdAt));
});

it("leads nowhere unless the operator says where", async () => {
  const job = completed(pendingJob());
  serveJobs(job);
  open(`/?job=${job.id}`);
  const view = await drawer();
  expect(await view.findByRole("button", { name: /^Copy as curl/ })).toBeVisible();
  expect(view.queryByRole("link", { name: /Trace|Grafana/ })).not.toBeInTheDocument();
});
