import { screen, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { beforeEach, expect, it } from "vitest";
import { failed, pendingJob } from "@/testing/jobs";
import { open, openAsking } from "@/testing/render";
import { OPEN_ACCESS, problem, server } from "@/testing/server";

const GROUPS = [
  {
    failure: "timed_out: No report within # s",
    queue: "llm",
    count: 1234,
    firstFailed: "2026-11-24T09:00:00.000Z",
    lastFailed: "2026-11-24T09:30:00.000Z",
  },
  {
    failure: "reported: Out of memory",
    queue: "default",
    count: 1,
    firstFailed: "2026-11-24T09:10:00.000Z",
    lastFailed: "2026-11-24T09:10:00.000Z",
  },
];

let asked: (string | null)[] = [];

beforeEach(() => {
  asked = [];
  server.use(
    http.get("/failures", ({ request }) => {
      asked.push(new URL(request.url).searchParams.get("period"));
      return HttpResponse.json({ since: "2026-11-23T12:00:00.000Z", jobs: 1235, more: false, groups: GROUPS });
    }),
    http.get("/jobs", () =>
      HttpResponse.json([
        failed({ ...pendingJob({ prompt: "one" }), failure: "timed_out: No report within # s", queue: "llm" }),
      ]),
    ),
  );
});

it("shows why jobs fail, and leads to those of a group", async () => {
  const { user } = open("/?view=failures");
  const [first, second] = await screen.findAllByRole("listitem");
  expect(first).toHaveTextContent(/1,234.*No report within # s.*timed_out · queue llm/);
  expect(second).toHaveTextContent(/1.*Out of memory.*reported · queue default/);
  await user.click(screen.getByRole("link", { name: /^Show 1,234 jobs/ }));
  expect(await screen.findByRole("link", { name: /Failed.*one/ })).toBeVisible();
  expect(Object.fromEntries(new URLSearchParams(location.search))).toEqual({
    failure: "timed_out: No report within # s",
    queue: "llm",
    status: "FAILED",
  });
  expect(screen.getByRole("button", { name: /Remove the filter Failure: timed_out/ })).toBeVisible();
});

it("retries all of a group", async () => {
  let body: unknown;
  server.use(
    http.post("/bulk", async ({ request }) => {
      body = await request.json();
      return HttpResponse.json({ total: 1234 });
    }),
  );
  const { user } = open("/?view=failures");
  await user.click(await screen.findByRole("button", { name: /^Retry all… 1,234 jobs/ }));
  expect(await screen.findByRole("dialog", { name: "Retry 1,234 jobs?" })).toBeVisible();
  expect(body).toEqual({
    action: "retry",
    filter: { status: ["FAILED"], failure: "timed_out: No report within # s", queue: "llm" },
    dryRun: true,
  });
});

it("keeps the period in the address", async () => {
  const { user } = open("/?view=failures");
  await screen.findAllByRole("listitem");
  await user.click(screen.getByRole("radio", { name: "Week" }));
  expect(location.search).toBe("?view=failures&period=week");
  expect(within(screen.getByRole("region", { name: "Failures" })).getByRole("radio", { name: "Week" })).toBeChecked();
  expect(asked).toEqual(["day", "week"]);
});

it("says that there is none, or why that is not known", async () => {
  server.use(http.get("/failures", () => HttpResponse.json({ since: "", jobs: 0, more: false, groups: [] })));
  open("/?view=failures");
  expect(await screen.findByText("No job that failed in this time is FAILED now.")).toBeVisible();
});

it("says why the failures are not known", async () => {
  server.use(http.get("/failures", () => problem(500, "Something went wrong here")));
  open("/?view=failures");
  expect(await screen.findByText(/Something went wrong here/)).toBeVisible();
});

it("is no page of submitters, and lets viewers look", async () => {
  const { user } = openAsking("/?view=failures", { ...OPEN_ACCESS, roles: ["viewer"] });
  expect(await screen.findByRole("button", { name: /^Retry all… 1,234 jobs/ })).toBeDisabled();
  await user.keyboard("gj");
  expect(await screen.findByRole("link", { name: /Failed.*one/ })).toBeVisible();
});
