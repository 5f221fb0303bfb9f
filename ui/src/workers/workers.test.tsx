import { screen, waitFor, within } from "@testing-library/react";
import axe from "axe-core";
import { HttpResponse, http } from "msw";
import { expect, it } from "vitest";
import type { components } from "@/api/schema";
import { pendingJob } from "@/testing/jobs";
import { open } from "@/testing/render";
import { serveJobs, server } from "@/testing/server";

type Worker = components["schemas"]["Worker"];

const worker = (name: string, given: Partial<Worker> = {}): Worker => ({
  name,
  state: "running",
  version: "1.2.3",
  queues: [{ name: "default", processor: "mock", concurrency: 1000 }],
  inFlight: 0,
  jobs: [],
  lastHeartbeat: new Date().toISOString(),
  ...given,
});

function serveWorkers(...workers: Worker[]) {
  server.use(
    http.get("/workers", () => HttpResponse.json(workers)),
    http.post("/workers/:name/:action", ({ params }) => {
      const changed = workers.find(({ name }) => name === params.name) ?? worker("none");
      changed.state = params.action === "drain" ? "draining" : "running";
      return HttpResponse.json(changed);
    }),
  );
}

it("lists the workers, lost ones first, and opens what they run", async () => {
  const job = pendingJob({ id: "6925f0a1c3b2a40f5d1e7a01" });
  serveJobs(job);
  serveWorkers(
    worker("worker-1", { inFlight: 20, jobs: [job.id], memory: { used: 104_857_600, max: 536_870_912 } }),
    worker("worker-2", { state: "lost" }),
  );
  const { user } = open("/?view=workers");
  const page = within(await screen.findByRole("region", { name: "Workers" }));
  const links = await page.findAllByRole("link", { name: /^worker-/ });
  expect(links.map(({ textContent }) => textContent)).toEqual(["worker-2", "worker-1"]);
  expect(page.getByText(/20 in flight · memory 100 MiB of 512 MiB/)).toBeVisible();
  expect(page.getByText("and 19 more")).toBeVisible();
  expect((await axe.run(document.body, { rules: { "color-contrast": { enabled: false } } })).violations).toEqual([]);
  await user.click(await page.findByRole("link", { name: `5d1e7a01 ${job.prompt}` }));
  expect(await screen.findByRole("heading", { name: "Timeline" })).toBeVisible();
  expect(window.location.search).toBe(`?view=workers&job=${job.id}`);
});

it("drains a worker after a question, and resumes it", async () => {
  serveWorkers(worker("worker-1"));
  const { user } = open("/?view=workers");
  await user.click(await screen.findByRole("button", { name: "Drain worker-1" }));
  await user.click(within(screen.getByRole("alertdialog")).getByRole("button", { name: "Drain worker-1" }));
  await user.click(await screen.findByRole("button", { name: "Resume worker-1" }));
  await user.click(within(screen.getByRole("alertdialog")).getByRole("button", { name: "Resume worker-1" }));
  await waitFor(() => expect(screen.getByRole("button", { name: "Drain worker-1" })).toBeEnabled());
});
