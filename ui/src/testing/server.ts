import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import type { components } from "@/api/schema";
import type { Session } from "@/api/session";
import { stats, withHistory } from "./jobs";

type WireJob = components["schemas"]["Job"];

/** Nobody signs in, and whoever calls may do everything. */
export const OPEN_ACCESS: Session = { access: "open", roles: ["viewer", "submitter", "operator", "admin"] };

export const server = setupServer(
  http.get("/jobs", () => HttpResponse.json([])),
  http.get("/jobs/stats", () => HttpResponse.json(stats())),
  http.get("/jobs/stats/queues", () => HttpResponse.json([])),
  http.get("/jobs/stats/history", () => HttpResponse.json({ slotSeconds: 60, slots: [] })),
  http.get("/workers", () => HttpResponse.json([])),
  http.get("/jobs/:id/output", () =>
    HttpResponse.json({ status: "PENDING", attempt: 1, offset: 0, text: "", next: 0 }),
  ),
  http.get("/session", () => HttpResponse.json(OPEN_ACCESS)),
  http.get("/failures", () =>
    HttpResponse.json({ since: "2026-11-23T12:00:00.000Z", jobs: 0, more: false, groups: [] }),
  ),
  http.get("/bulk", () => HttpResponse.json([])),
  http.get("/system", () =>
    HttpResponse.json({ version: "", java: "", instance: "", time: "", checks: [], settings: {} }),
  ),
  http.get("/queues", () => HttpResponse.json(queues("default"))),
);

/** Queues as the API lists them. */
export const queues = (...names: string[]) => names.map((name) => ({ name, paused: false }));

/** From now on the API knows just these jobs, newest last. */
export function serveJobs(...jobs: WireJob[]) {
  server.use(
    http.get("/jobs", ({ request }) => {
      const { searchParams } = new URL(request.url);
      const status = searchParams.get("status");
      const matching = jobs.filter((job) => !status || job.status === status);
      return HttpResponse.json(searchParams.get("order") === "oldest" ? matching : matching.toReversed());
    }),
    http.get("/jobs/stats", () => HttpResponse.json(stats())),
    http.get("/jobs/:id", ({ params }) => {
      const job = jobs.find(({ id }) => id === params.id);
      return job ? HttpResponse.json(withHistory(job)) : problem(404, "No such job");
    }),
  );
}

/** From now on nothing answers. */
export function goAway() {
  server.use(http.all("*", () => HttpResponse.error()));
}

export function problem(status: number, detail: string, errors?: components["schemas"]["FieldError"][]) {
  return HttpResponse.json(
    { type: "about:blank", title: detail, status, detail, error: detail, ...(errors && { errors }) },
    { status, headers: { "content-type": "application/problem+json" } },
  );
}
