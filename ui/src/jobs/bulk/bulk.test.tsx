import { screen, waitFor, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { beforeEach, expect, it } from "vitest";
import type { BulkOperation } from "@/api/bulk";
import { failed, pendingJob, stats } from "@/testing/jobs";
import { open, openAsking } from "@/testing/render";
import { OPEN_ACCESS, problem, server } from "@/testing/server";

const JOBS = [failed(pendingJob({ prompt: "one" })), failed(pendingJob({ prompt: "two" }))].toReversed(); // newest first

let operations: BulkOperation[] = [];
let asked: unknown[] = [];

const operation = (fields: Partial<BulkOperation> = {}): BulkOperation => ({
  id: "6925f0a1c3b2a40f5d1e7a01",
  action: "retry",
  filter: {},
  requestedAt: "2026-11-24T09:30:00.000Z",
  state: "running",
  total: 12_431,
  done: 0,
  skipped: 0,
  ...fields,
});

beforeEach(() => {
  operations = [];
  asked = [];
  server.use(
    http.get("/jobs", () =>
      HttpResponse.json(JOBS, { headers: { link: '<http://localhost/jobs?after=next>; rel="next"' } }),
    ),
    http.get("/bulk", () => HttpResponse.json(operations)),
    http.post("/bulk", async ({ request }) => {
      const body = (await request.json()) as { dryRun?: boolean };
      asked.push(body);
      if (body.dryRun) return HttpResponse.json({ total: 12_431 });
      operations = [operation()];
      return HttpResponse.json(operations[0], { status: 202 });
    }),
  );
});

async function selectAll(address: string) {
  const { user } = open(address);
  await screen.findByRole("link", { name: /two/ });
  await user.keyboard("a");
  return user;
}

const bar = () => within(screen.getByRole("region", { name: "Selected jobs" }));

it("retries all that match once their number is typed, and shows how far it is", async () => {
  const user = await selectAll("/?status=FAILED&metadata.customer=17&queue=llm");
  await user.click(bar().getByRole("button", { name: "Select all that match" }));
  expect(bar().getByText("All that match")).toBeVisible();
  await user.click(bar().getByRole("button", { name: "Retry…" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Retry 12,431 jobs?" }));
  const filter = { status: ["FAILED"], queue: "llm", metadata: { customer: "17" } };
  expect(asked).toEqual([{ action: "retry", filter, dryRun: true }]);
  expect(dialog.getByText("Of the jobs that match: Failed · customer = 17 · Queue: llm")).toBeVisible();
  const confirm = dialog.getByRole("button", { name: "Retry 12,431 jobs" });
  await user.type(dialog.getByRole("textbox", { name: "Type 12,431 to confirm" }), "12,430{Enter}");
  expect(confirm).toBeDisabled();
  await user.clear(dialog.getByRole("textbox"));
  await user.type(dialog.getByRole("textbox"), "12431{Enter}");
  await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
  await user.keyboard("a");
  expect(screen.getByRole("region", { name: "Selected jobs" })).toBeVisible(); // keys are for the page again
  await user.keyboard("{Escape}");
  expect(asked.at(-1)).toEqual({ action: "retry", filter });
  expect(screen.queryByRole("region", { name: "Selected jobs" })).not.toBeInTheDocument();
  const notice = within(screen.getByRole("region", { name: "Retrying 12,431 jobs" }));
  operations = [operation({ done: 1000, skipped: 243 })];
  expect(await notice.findByText(/1,243 done, of which 243 had changed before/)).toBeVisible();
  expect(notice.getByRole("progressbar")).toHaveAttribute("aria-valuenow", "9");
  operations = [operation({ state: "finished", done: 12_188, skipped: 243 })];
  expect(await screen.findByText("Retried 12,188 jobs, 243 had changed before.")).toBeVisible();
  expect(screen.queryByRole("region", { name: "Retrying 12,431 jobs" })).not.toBeInTheDocument();
});

it("shows what runs after a reload, and stops it", async () => {
  operations = [operation({ action: "delete", done: 100 })];
  server.use(
    http.post("/bulk/:id/cancel", () => {
      operations = [operation({ action: "delete", done: 200, state: "cancelled" })];
      return HttpResponse.json(operations[0]);
    }),
  );
  const { user } = open();
  await user.click(await screen.findByRole("button", { name: "Stop: Deleting 12,431 jobs" }));
  expect(await screen.findByText("Cancelled: Deleted 200 jobs.")).toBeVisible();
});

it("offers all that match to operators, by their number, while all rows are selected", async () => {
  const counts = { PENDING: 1, COMPLETED: 12_000, FAILED: 430, CANCELLED: 0 };
  server.use(http.get("/jobs/stats", () => HttpResponse.json(stats({ counts }))));
  const user = await selectAll("/");
  expect(await bar().findByRole("button", { name: "Select all 12,431 that match" })).toBeVisible();
  await user.keyboard("{Escape}");
  await user.click(screen.getByLabelText("Select: one"));
  expect(bar().queryByRole("button", { name: /that match/ })).not.toBeInTheDocument();
});

it("offers a submitter nothing but the rows", async () => {
  const { user } = openAsking("/", { ...OPEN_ACCESS, roles: ["viewer", "submitter"] });
  await screen.findByRole("link", { name: /two/ });
  await user.keyboard("a");
  expect(bar().queryByRole("button", { name: "Select all that match" })).not.toBeInTheDocument();
});

it("says why nothing was done", async () => {
  server.use(http.post("/bulk", () => problem(409, "20 operations run")));
  const user = await selectAll("/");
  await user.click(bar().getByRole("button", { name: "Select all that match" }));
  await user.click(bar().getByRole("button", { name: "Delete…" }));
  expect(await screen.findByText("They could not be counted: 20 operations run")).toBeVisible();
});
