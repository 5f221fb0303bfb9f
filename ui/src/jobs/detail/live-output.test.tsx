import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { afterEach, expect, it, vi } from "vitest";
import { completed, pendingJob, running } from "@/testing/jobs";
import { open } from "@/testing/render";
import { serveJobs, server } from "@/testing/server";

afterEach(() => vi.stubGlobal("EventSource", undefined));

const drawer = async () => within(await screen.findByRole("dialog"));

/** From now on the job has written this. */
function write(text: string) {
  server.use(
    http.get("/jobs/:id/output", ({ request }) => {
      const from = Number(new URL(request.url).searchParams.get("from"));
      return HttpResponse.json({
        status: "PENDING",
        attempt: 1,
        offset: from,
        text: text.slice(from),
        next: text.length,
      });
    }),
  );
}

it("shows what a running job writes, then its result", async () => {
  const job = pendingJob();
  serveJobs(running(job));
  write("Once ");
  open(`/?job=${job.id}`);
  const view = await drawer();
  expect(await view.findByRole("log")).toHaveTextContent("Once");
  write("Once upon a time");
  await waitFor(() => expect(view.getByRole("log")).toHaveTextContent("Once upon a time"), { timeout: 3_000 });
  serveJobs(completed(job, '{"answer":42}'));
  await waitFor(() => expect(view.queryByRole("log")).not.toBeInTheDocument(), { timeout: 5_000 });
  expect(view.getByText("Result")).toBeVisible();
});

it("shows what is pushed, polls where nothing is, and goes on", async () => {
  const opened: FakeEvents[] = [];
  class FakeEvents extends EventTarget {
    close = vi.fn();
    constructor(readonly url: URL) {
      super();
      opened.push(this);
    }
    push(name: string, data?: unknown) {
      act(() => void this.dispatchEvent(new MessageEvent(name, { data: JSON.stringify(data) })));
    }
  }
  vi.stubGlobal("EventSource", FakeEvents);
  const job = pendingJob();
  serveJobs(running(job));
  const { user } = open(`/?job=${job.id}`);
  const view = await drawer();
  await waitFor(() => expect(opened).toHaveLength(1));
  const [events] = opened as [FakeEvents];
  expect(events.url.pathname).toBe(`/jobs/${job.id}/events`);
  events.push("state", job);
  events.push("output", { attempt: 1, offset: 0, text: "Once ", next: 5 });
  expect(await view.findByRole("log")).toHaveTextContent("Once");
  events.push("output", { attempt: 2, offset: 5, text: "no more", next: 12 });
  events.push("output", { attempt: 1, offset: 5, text: "upon", next: 9 });
  await waitFor(() => expect(view.getByRole("log")).toHaveTextContent("Once upon"));
  write("Once upon a time");
  events.push("error");
  await waitFor(() => expect(view.getByRole("log")).toHaveTextContent("Once upon a time"));
  events.push("output", { attempt: 1, offset: 9, text: " a time, long ago", next: 26 });
  await waitFor(() => expect(view.getByRole("log")).toHaveTextContent("Once upon a time, long ago"));
  await user.keyboard("{Escape}");
  await waitFor(() => expect(events.close).toHaveBeenCalled());
});

it("shows no output where nothing was written", async () => {
  const job = pendingJob();
  serveJobs(running(job));
  open(`/?job=${job.id}`);
  expect(await (await drawer()).findByText("Started by worker-1")).toBeVisible();
  expect(screen.queryByRole("log")).not.toBeInTheDocument();
});

it("stops following where somebody scrolled up, until asked to follow", async () => {
  const job = pendingJob();
  serveJobs(running(job));
  write("Once upon a time");
  const { user } = open(`/?job=${job.id}`);
  const log = await (await drawer()).findByRole("log");
  Object.defineProperties(log, { scrollHeight: { value: 1_000 }, clientHeight: { value: 100 } });
  act(() => {
    log.scrollTop = 500;
    fireEvent.scroll(log);
  });
  await user.click(screen.getByRole("button", { name: "Follow" }));
  expect(log.scrollTop).toBe(1_000);
  expect(screen.queryByRole("button", { name: "Follow" })).not.toBeInTheDocument();
});
