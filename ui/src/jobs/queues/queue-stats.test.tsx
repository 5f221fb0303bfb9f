import { fireEvent, screen, within } from "@testing-library/react";
import axe from "axe-core";
import { HttpResponse, http } from "msw";
import { expect, it } from "vitest";
import { open } from "@/testing/render";
import { queues, server } from "@/testing/server";

const STATS = {
  queue: "llm",
  waiting: 10_000,
  scheduled: 9_999,
  deferred: 3,
  running: 4,
  oldestWaiting: new Date(Date.now() - 200_000).toISOString(),
  completed: 90,
  failed: 10,
  waitTime: { median: 2, p95: 4.5 },
  runTime: { median: 20, p95: 42 },
  failures: [{ errorCode: "provider_timeout", count: 10 }],
};

function serveStats() {
  server.use(
    http.get("/queues", () => HttpResponse.json(queues("llm"))),
    http.get("/jobs/stats/queues", () => HttpResponse.json([STATS])),
  );
}

const page = async () => within(await screen.findByRole("region", { name: "Queues" }));

it("shows what waits, how fast it goes, and what fails", async () => {
  serveStats();
  const { user } = open("/?view=queues");
  expect(await (await page()).findByText("10,000+")).toBeVisible(); // a lower bound
  expect((await page()).getByText("9,999")).toBeVisible();
  expect((await page()).getByText("oldest 3 min")).toBeVisible();
  expect((await page()).getByText("1.5/min")).toBeVisible();
  expect((await page()).getByText("10 %")).toBeVisible();
  expect((await page()).getByText("p95 42 s")).toBeVisible();
  expect(await (await page()).findByText("No worker serves it: its jobs wait")).toBeVisible();
  expect((await axe.run(document.body, { rules: { "color-contrast": { enabled: false } } })).violations).toEqual([]);
  await user.click((await page()).getByRole("link", { name: "provider_timeout" }));
  expect(window.location.search).toBe("?errorCode=provider_timeout");
});

it("says why a queue is slow now", async () => {
  serveStats();
  const limit = { reason: "Rate limit exceeded", millis: 60_000, calls: 1, limitedForSeconds: 5 };
  const worker = { name: "worker-1", state: "running", version: "1", inFlight: 0, jobs: [] };
  server.use(
    http.get("/workers", () =>
      HttpResponse.json([
        {
          ...worker,
          queues: [{ name: "llm", processor: "openai", concurrency: 16, limit }],
          lastHeartbeat: new Date().toISOString(),
        },
      ]),
    ),
  );
  open("/?view=queues");
  const reason = await (await page()).findByText(/Rate limit exceeded: worker-1/);
  expect(reason).toHaveTextContent(/goes on in (1:0\d|\d+ s), at most 1 call at once/);
  expect((await page()).getByText("1 worker runs up to 16 jobs at once.")).toBeVisible();
});

it("shows a slot of the chart in words, and leads to the jobs of its time", async () => {
  const start = Date.UTC(2026, 10, 24, 12);
  const asked: string[] = [];
  server.use(
    http.get("/jobs/stats/history", ({ request }) => {
      asked.push(new URL(request.url).search);
      const slots = Array.from({ length: 3 }, (_, index) => ({
        start: new Date(start + index * 600_000).toISOString(),
        completed: index * 10,
        failed: index,
        ...(index > 0 && { waitTime: { median: 1, p95: 2 }, runTime: { median: 5, p95: 6 } }),
      }));
      return HttpResponse.json({ slotSeconds: 600, slots });
    }),
  );
  const { user } = open("/?view=queues&range=day");
  expect(await (await page()).findByText(/30 completed/)).toBeVisible();
  expect(asked).toContain("?range=day");
  fireEvent.change((await page()).getByRole("slider", { name: "Part of the chart" }), { target: { value: "1" } });
  expect((await page()).getByText(/10 min more: 10 completed/)).toHaveTextContent(
    "1 failed · waited 1.0 s (p95 2.0 s) · ran 5.0 s (p95 6.0 s)",
  );
  await user.click((await page()).getByRole("link", { name: "Jobs submitted then" }));
  const params = new URLSearchParams(window.location.search);
  expect(params.get("createdAfter")).toBe("2026-11-24T12:09:59.999Z");
  expect(params.get("createdBefore")).toBe("2026-11-24T12:20:00.000Z");
  expect([...params.keys()]).toEqual(["createdAfter", "createdBefore"]);
});
