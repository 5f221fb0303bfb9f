import { screen, waitFor, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { expect, it } from "vitest";
import { parseJob } from "@/api/job";
import {
  completed,
  deferred,
  failed,
  pendingJob,
  progressing,
  retried,
  running,
  stats,
  tryFailed,
} from "@/testing/jobs";
import { open } from "@/testing/render";
import { goAway, problem, serveJobs, server } from "@/testing/server";
import { upsertJobs } from "../job-cache";

/** The row whose link has that name. */
const findRow = (name: RegExp) =>
  screen.findByRole("link", { name }).then((link) => link.closest<HTMLElement>("li") ?? link);

it("shows jobs newest first, each with its state", async () => {
  serveJobs(completed(pendingJob({ prompt: "first" })), failed(pendingJob({ prompt: "second" })), pendingJob());
  open();
  const list = within(await screen.findByRole("list"));
  const rows = list.getAllByRole("listitem").map((row) => row.textContent);
  expect(rows[0]).toMatch(/Pending/);
  expect(rows[1]).toMatch(/Failed.*second.*The model gave up/);
  expect(rows[2]).toMatch(/Completed.*first/);
});

it("begins with the oldest by a key or the button, and says so", async () => {
  serveJobs(pendingJob({ prompt: "first" }), pendingJob({ prompt: "second" }));
  const { user } = open();
  await screen.findByRole("link", { name: /second/ });
  const rows = () =>
    screen.getAllByRole("link", { name: /first|second/ }).map((row) => /first|second/.exec(row.textContent)?.[0]);
  expect(rows()).toEqual(["second", "first"]);
  await user.keyboard("o");
  await waitFor(() => expect(rows()).toEqual(["first", "second"]));
  expect(window.location.search).toBe("?order=oldest");
  await user.click(screen.getByRole("button", { name: "Oldest first", pressed: true }));
  await waitFor(() => expect(rows()).toEqual(["second", "first"]));
  expect(window.location.search).toBe("");
});

it("polls: a job completes without a reload", async () => {
  const job = pendingJob({ prompt: "Watch me" });
  serveJobs(job);
  open();
  expect(await screen.findByRole("link", { name: /Pending.*Watch me/ })).toBeVisible();
  serveJobs(running(job));
  expect(await screen.findByRole("link", { name: /Running.*Watch me.*worker-1/ })).toBeVisible();
  serveJobs(completed(job));
  expect(await screen.findByRole("link", { name: /Completed.*Watch me/ })).toBeVisible();
});

it("marks a result that is no JSON, beside its text", async () => {
  serveJobs(completed(pendingJob({ prompt: "Odd" }), "Sure! Here you go"));
  open();
  expect(await screen.findByRole("link", { name: /Odd.*Hallucinated Response.*Sure! Here you go/ })).toBeVisible();
});

it("does not mark a result that is JSON", async () => {
  serveJobs(completed(pendingJob({ prompt: "Even" })));
  open();
  await screen.findByRole("link", { name: /Even/ });
  expect(screen.queryByText("Hallucinated Response")).not.toBeInTheDocument();
});

it("filters by the status in the address, with counts", async () => {
  serveJobs(failed(pendingJob({ prompt: "bad" })), pendingJob({ prompt: "good" }));
  const counts = { PENDING: 1, COMPLETED: 0, FAILED: 1234, CANCELLED: 0 };
  server.use(http.get("/jobs/stats", () => HttpResponse.json(stats({ counts }))));
  const { user } = open();
  await user.click(await screen.findByRole("link", { name: /^Failed ?1,234$/ }));
  await waitFor(() => expect(screen.queryByRole("link", { name: /good/ })).not.toBeInTheDocument());
  expect(screen.getByRole("link", { name: /bad/ })).toBeVisible();
  expect(window.location.search).toBe("?status=FAILED");
});

it("lists what is scheduled on its own, with the time that it starts", async () => {
  const runAt = new Date(Date.now() + 3_600_000).toISOString();
  const [later, retried] = [pendingJob({ prompt: "later", runAt }), pendingJob({ prompt: "again", runAt, attempt: 2 })];
  serveJobs(later, retried, pendingJob({ prompt: "now", runAt: new Date(Date.now() - 1_000).toISOString() }));
  const asked: (string | null)[] = [];
  server.use(
    http.get("/jobs", ({ request }) => {
      const state = new URL(request.url).searchParams.get("state");
      asked.push(state);
      return state === "scheduled" ? HttpResponse.json([later]) : undefined;
    }),
  );
  const { user } = open();
  expect(await screen.findByRole("link", { name: /Scheduled.*later.*Starts at .*\d{1,2}:\d{2}:\d{2}/ })).toBeVisible();
  expect(screen.getByRole("link", { name: /Pending.*again.*Queued/ })).toBeVisible();
  expect(screen.getByRole("link", { name: /Pending.*now.*Queued/ })).toBeVisible();
  await user.click(screen.getByRole("link", { name: "Scheduled" }));
  await waitFor(() => expect(screen.queryByRole("link", { name: /again/ })).not.toBeInTheDocument());
  expect(screen.getByRole("link", { name: /later/ })).toBeVisible();
  expect(asked).toContain("scheduled");
  expect(window.location.search).toBe("?status=SCHEDULED");
});

it("searches what was typed, in the address too", async () => {
  let asked: string | null = null;
  server.use(
    http.get("/jobs", ({ request }) => {
      asked = new URL(request.url).searchParams.get("q");
      return HttpResponse.json([]);
    }),
  );
  const { user } = open();
  await user.keyboard("/");
  await user.keyboard("invoice");
  await waitFor(() => expect(asked).toBe("invoice"));
  expect(window.location.search).toBe("?q=invoice");
  expect(await screen.findByText("No jobs match")).toBeVisible();
});

it("searches for as much as the API takes, from the address too", async () => {
  const asked: (string | null)[] = [];
  server.use(
    http.get("/jobs", ({ request }) => {
      asked.push(new URL(request.url).searchParams.get("q"));
      return HttpResponse.json([]);
    }),
  );
  const { user } = open(`/?q=${"x".repeat(201)}`);
  await waitFor(() => expect(asked[0]).toBe("x".repeat(200)));
  await user.type(screen.getByRole("combobox", { name: "Search jobs" }), "y");
  expect(screen.getByRole("combobox", { name: "Search jobs" })).toHaveValue("x".repeat(200));
});

it("counts no jobs beside a search", async () => {
  server.use(
    http.get("/jobs/stats", () =>
      HttpResponse.json(stats({ counts: { PENDING: 1, COMPLETED: 0, FAILED: 1234, CANCELLED: 0 } })),
    ),
  );
  open("/?q=invoice");
  await screen.findByText("1,234"); // in the statistics
  expect(screen.getByRole("link", { name: "Failed" })).toBeVisible();
});

it("reaches what is in a row in the order it is seen", async () => {
  serveJobs(pendingJob({ prompt: "row" }));
  const { user } = open();
  (await screen.findByRole("checkbox", { name: /row/ })).focus();
  await user.tab();
  expect(screen.getByRole("link", { name: /row/ })).toHaveFocus();
});

it("loads older jobs", async () => {
  const [old, young] = [pendingJob({ prompt: "old" }), pendingJob({ prompt: "young" })];
  server.use(
    http.get("/jobs", ({ request }) =>
      new URL(request.url).searchParams.has("after")
        ? HttpResponse.json([old])
        : HttpResponse.json([young], { headers: { link: '</jobs?after=cursor>; rel="next"' } }),
    ),
  );
  const { user } = open();
  await user.click(await screen.findByRole("button", { name: "Load more" }));
  expect(await screen.findByRole("link", { name: /old/ })).toBeVisible();
  expect(screen.getByText("End of list · 2 jobs")).toBeVisible();
});

it("holds new jobs back while the pointer is in the list", async () => {
  const old = pendingJob({ prompt: "under the pointer" });
  serveJobs(old);
  const { user } = open();
  await user.hover(await screen.findByRole("link", { name: /under the pointer/ }));
  serveJobs(old, pendingJob({ prompt: "newcomer" }));
  const pill = await screen.findByRole("button", { name: "1 new job" });
  expect(screen.queryByRole("link", { name: /newcomer/ })).not.toBeInTheDocument();
  await user.click(pill);
  expect(screen.getByRole("link", { name: /newcomer/ })).toBeVisible();
});

it("retries the selected jobs and says what came of each", async () => {
  const [bad, worse] = [failed(pendingJob({ prompt: "bad" })), failed(pendingJob({ prompt: "worse" }))];
  serveJobs(bad, worse);
  server.use(
    http.post(`/jobs/${bad.id}/retry`, () => HttpResponse.json(retried(bad))),
    http.post(`/jobs/${worse.id}/retry`, () => problem(409, "Somebody else retried it")),
  );
  const { user } = open();
  await user.click(await screen.findByRole("checkbox", { name: /worse/ }));
  await user.keyboard("{Shift>}");
  await user.click(screen.getByRole("checkbox", { name: /bad/ }));
  await user.keyboard("{/Shift}");
  await user.click(screen.getByRole("button", { name: /Retry ?2/ }));
  await user.click(await screen.findByRole("button", { name: "Retry 2 jobs" }));
  const outcomes = within(await screen.findByRole("dialog", { name: "Retried 1 of 2 jobs" }));
  expect(outcomes.getByText("Somebody else retried it")).toBeVisible();
  expect(outcomes.getByText("Retried")).toBeVisible();
  await user.click(outcomes.getByRole("button", { name: "Close" }));
  expect(screen.getByRole("checkbox", { name: /bad/ })).not.toBeChecked();
  expect(screen.getByRole("checkbox", { name: /worse/ })).toBeChecked();
});

it("clears the selection once all of it is done", async () => {
  const [bad, worse] = [failed(pendingJob({ prompt: "bad" })), failed(pendingJob({ prompt: "worse" }))];
  serveJobs(bad, worse);
  server.use(http.delete("/jobs/:id", () => new HttpResponse(null, { status: 204 })));
  const { user } = open();
  await screen.findByRole("link", { name: /worse/ });
  await user.keyboard("ad");
  await user.click(await screen.findByRole("button", { name: "Delete 2 jobs" }));
  await screen.findByRole("dialog", { name: "Deleted 2 of 2 jobs" });
  expect(screen.queryByRole("region", { name: "Selected jobs", hidden: true })).not.toBeInTheDocument();
});

it("keeps the rows while some are selected, though the pointer left and the page went on", async () => {
  const chosen = failed(pendingJob({ prompt: "chosen" }));
  serveJobs(chosen);
  const { user } = open("/?status=FAILED");
  await user.click(await screen.findByRole("checkbox", { name: /chosen/ }));
  await user.unhover(screen.getByRole("list"));
  serveJobs(retried(chosen), failed(pendingJob({ prompt: "next" })));
  await screen.findByRole("button", { name: "1 new job" });
  expect(screen.getByRole("checkbox", { name: /chosen/ })).toBeChecked();
  expect(screen.getByRole("region", { name: "Selected jobs" })).toBeVisible();
});

it("asks before it does anything to several jobs, by keyboard too", async () => {
  serveJobs(failed(pendingJob({ prompt: "bad" })), failed(pendingJob({ prompt: "worse" })));
  const retries: string[] = [];
  server.use(
    http.post("/jobs/:id/retry", ({ params }) => {
      retries.push(String(params.id));
      return problem(409, "Never");
    }),
  );
  const { user } = open();
  await screen.findByRole("link", { name: /worse/ });
  await user.keyboard("ar");
  expect(await screen.findByRole("alertdialog", { name: "Retry 2 jobs?" })).toBeVisible();
  expect(retries).toEqual([]);
});

it("acts on no key while the backend is unreachable", async () => {
  serveJobs(failed(pendingJob({ prompt: "bad" })), failed(pendingJob({ prompt: "worse" })));
  const { user } = open();
  await screen.findByRole("link", { name: /worse/ });
  goAway();
  await screen.findByText("Backend unreachable");
  await user.keyboard("ard");
  expect(screen.queryByRole("alertdialog")).not.toBeInTheDocument();
});

it("polls every two seconds, however much is pushed", async () => {
  let polls = 0;
  server.use(
    http.get("/jobs", () => {
      polls++;
      return HttpResponse.json([]);
    }),
  );
  const { client } = open();
  await waitFor(() => expect(polls).toBeGreaterThanOrEqual(1));
  const pushes = setInterval(() => upsertJobs(client, [parseJob(pendingJob())]), 200);
  const before = polls;
  await waitFor(() => expect(polls).toBeGreaterThanOrEqual(before + 2)).finally(() => clearInterval(pushes));
});

it("says why the jobs could not be loaded, and tries again when asked", async () => {
  server.use(http.get("/jobs", () => problem(500, "The index is being built")));
  const { user } = open();
  expect(await screen.findByText("The index is being built")).toBeVisible();
  serveJobs(pendingJob({ prompt: "back" }));
  await user.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByRole("link", { name: /back/ })).toBeVisible();
});

it("moves by keyboard, opens with Enter and asks before it cancels", async () => {
  const job = pendingJob({ prompt: "lower" });
  serveJobs(job, pendingJob({ prompt: "upper" }));
  const cancelled: string[] = [];
  server.use(
    http.post("/jobs/:id/cancel", ({ params }) => {
      cancelled.push(String(params.id));
      return HttpResponse.json({ ...job, status: "CANCELLED" });
    }),
  );
  const { user } = open();
  await screen.findByRole("link", { name: /lower/ });
  await user.keyboard("j");
  await waitFor(() => expect(screen.getByRole("link", { name: /upper/ })).toHaveFocus());
  await user.keyboard("j");
  await waitFor(() => expect(screen.getByRole("link", { name: /lower/ })).toHaveFocus());
  await user.keyboard("c");
  await user.click(await screen.findByRole("button", { name: "Cancel this job" }));
  await waitFor(() => expect(cancelled).toEqual([job.id]));
  expect(await screen.findByText("Cancelled.")).toBeVisible();
});

it("shows how far a running job is, and what it does", async () => {
  serveJobs(progressing(running(pendingJob({ prompt: "Read it" })), 42.9, "Page 12 of 28"));
  open();
  const row = within(await findRow(/Running.*Read it.*42 %.*Page 12 of 28/));
  expect(row.getByRole("progressbar")).toHaveAttribute("aria-valuenow", "42");
});

it("shows what a running job does that names no percent", async () => {
  serveJobs(progressing(running(pendingJob({ prompt: "Read it" })), undefined, "Page 12"));
  open();
  const row = within(await findRow(/Running.*Read it.*Page 12/));
  expect(row.queryByRole("progressbar")).not.toBeInTheDocument();
});

it("shows no progress of a job that ended", async () => {
  serveJobs(completed(progressing(running(pendingJob({ prompt: "Read it" })), 42)));
  open();
  const row = within(await findRow(/Completed.*Read it/));
  expect(row.queryByRole("progressbar")).not.toBeInTheDocument();
});

it("shows when a deferred job is tried again, and why it waits", async () => {
  serveJobs(deferred(running(pendingJob({ prompt: "Later" })), "The provider's limit is reached"));
  open();
  const row = await findRow(/Deferred.*Later/);
  expect(row).toHaveTextContent(/Retries at .*\d{1,2}:\d{2}:\d{2} [AP]M · The provider's limit is reached/);
});

it("shows when a job whose try failed is tried again, which try that is, and the last error", async () => {
  serveJobs(tryFailed(running(pendingJob({ prompt: "Again" })), "The model gave up", 300));
  open();
  const row = await findRow(/Retrying.*Again/);
  expect(row).toHaveTextContent(/Retries in [45]:\d\d \(try 2 of 5\) · The model gave up/);
});
