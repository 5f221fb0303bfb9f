import { screen, waitFor, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { expect, it } from "vitest";
import { pendingJob } from "@/testing/jobs";
import { open } from "@/testing/render";
import { problem, queues, serveJobs, server } from "@/testing/server";

/** Two queues that can be paused and resumed; returns what they are. */
function serveQueues() {
  const all = queues("default", "llm");
  server.use(
    http.get("/queues", () => HttpResponse.json(all)),
    http.post("/queues/:name/:action", ({ params }) => {
      const queue = all.find(({ name }) => name === params.name);
      if (queue) queue.paused = params.action === "pause";
      return HttpResponse.json(queue);
    }),
  );
  return all;
}

const page = async () => within(await screen.findByRole("region", { name: "Queues" }));

it("pauses a queue once that is confirmed, says so where its jobs wait, and resumes it", async () => {
  const all = serveQueues();
  serveJobs(pendingJob({ prompt: "haiku", queue: "llm" }), pendingJob({ prompt: "ordinary" }));
  const { user } = open();
  expect(await screen.findByRole("link", { name: /haiku.*Queued/ })).toBeVisible();
  await user.keyboard("q");
  await user.click(await (await page()).findByRole("button", { name: "Pause llm" }));
  expect(all[1]?.paused).toBe(false);
  await user.click(await screen.findByRole("button", { name: "Pause llm" }));
  await waitFor(() => expect(all[1]?.paused).toBe(true));
  await user.keyboard("gj");
  expect(await screen.findByText("Queue is paused: its jobs wait.")).toBeVisible();
  expect(screen.getByRole("link", { name: /haiku.*Queue paused/ })).toBeVisible();
  expect(screen.getByRole("link", { name: /ordinary.*Queued/ })).toBeVisible();
  await user.click(screen.getByRole("link", { name: "Resume…" }));
  await user.click(await (await page()).findByRole("button", { name: "Resume llm" }));
  await user.click(await screen.findByRole("button", { name: "Resume llm" }));
  await waitFor(() => expect(all[1]?.paused).toBe(false));
  await user.keyboard("gj");
  await waitFor(() => expect(screen.queryByText("Queue is paused: its jobs wait.")).not.toBeInTheDocument());
  expect(all[1]?.paused).toBe(false);
});

it("shows within a poll what somebody else paused, in the open job too", async () => {
  const all = serveQueues();
  const job = pendingJob({ queue: "llm" });
  serveJobs(job);
  open(`/?job=${job.id}`);
  await screen.findByRole("heading", { name: "Timeline" });
  for (const queue of all) queue.paused = true;
  expect(await screen.findByRole("heading", { name: "Queue paused" })).toBeVisible();
  expect(screen.getByText("default and llm")).toBeVisible();
  expect(screen.getByText("Queues are paused: their jobs wait.")).toBeVisible();
});

it("says why a queue could not be paused, and keeps it as it is", async () => {
  serveQueues();
  server.use(http.post("/queues/:name/pause", () => problem(503, "The database is unavailable")));
  const { user } = open("/?view=queues");
  await user.click(await (await page()).findByRole("button", { name: "Pause llm" }));
  await user.click(await screen.findByRole("button", { name: "Pause llm" }));
  expect(await screen.findByText("The database is unavailable")).toBeVisible();
  expect(await (await page()).findByRole("button", { name: "Pause llm" })).toBeEnabled();
});

it("changes one queue at a time", async () => {
  serveQueues();
  let answer = () => {};
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  server.use(
    http.post("/queues/:name/pause", async () => {
      await answered;
      return HttpResponse.json({ name: "llm", paused: true });
    }),
  );
  const { user } = open("/?view=queues");
  await user.click(await (await page()).findByRole("button", { name: "Pause llm" }));
  await user.click(await screen.findByRole("button", { name: "Pause llm" }));
  expect(await (await page()).findByText("Pausing…")).toBeVisible();
  expect((await page()).getByRole("button", { name: "Pause default" })).toBeDisabled();
  answer();
  await waitFor(async () => expect((await page()).getByRole("button", { name: "Pause default" })).toBeEnabled());
});
