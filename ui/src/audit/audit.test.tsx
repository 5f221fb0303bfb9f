import { screen, within } from "@testing-library/react";
import axe from "axe-core";
import { HttpResponse, http } from "msw";
import { expect, it } from "vitest";
import type { AuditEntry } from "@/api/audit";
import { open } from "@/testing/render";
import { serveJobs, server } from "@/testing/server";
import { filterOf, LONGEST_VALUE, textOf } from "./audit-filter";

const ENTRY: AuditEntry = {
  id: "6925f0a1c3b2a40f5d1e7a01",
  at: "2026-11-27T09:30:00Z",
  actor: "key:ci",
  action: "DELETE /jobs/{id}",
  target: "6925f0a1c3b2a40f5d1e7b02",
  status: 204,
  outcome: "done",
  address: "192.0.2.7",
};

const { actor: _, ...ANONYMOUS } = ENTRY;

/** The audit log, in pages of two. */
function serveAudit(...entries: AuditEntry[]) {
  serveJobs();
  server.use(
    http.get("/audit", ({ request }) => {
      const params = new URL(request.url).searchParams;
      const matching = entries.filter((entry) =>
        (["actor", "action", "target"] as const).every((field) => [null, entry[field]].includes(params.get(field))),
      );
      const start = Number(params.get("after") ?? 0);
      return HttpResponse.json(matching.slice(start, start + 2), {
        headers: start + 2 < matching.length ? { link: `</audit?after=${start + 2}>; rel="next"` } : {},
      });
    }),
  );
}

it("says who changed what and who was refused, page by page", async () => {
  serveAudit(
    ENTRY,
    { ...ANONYMOUS, id: "2", action: "POST /queues/{name}/pause", target: "llm", status: 401, outcome: "refused" },
    { ...ENTRY, id: "3", action: "PATCH /new", status: 500, outcome: "unknown" },
  );
  const { user } = open("/?panel=audit");
  const list = await screen.findByRole("list", { name: "Entries" });
  expect(await within(list).findByText("Deleted a job")).toBeVisible();
  const refused = within(list).getByText("Paused a queue").closest("li");
  expect(refused).toHaveTextContent("refused (401)");
  expect(refused).toHaveTextContent("without a valid credential");
  expect((await axe.run(document.body, { rules: { "color-contrast": { enabled: false } } })).violations).toEqual([]);

  await user.click(screen.getByRole("button", { name: "Show older" }));
  expect((await within(list).findByText("PATCH /new")).closest("li")).toHaveTextContent("failed (500)");
  expect(screen.queryByRole("button", { name: "Show older" })).not.toBeInTheDocument();
});

it("shows what has the same actor or target, and downloads just that", async () => {
  serveAudit(ENTRY, { ...ENTRY, id: "2", actor: "key:other", target: "llm" });
  const { user } = open("/?panel=audit");
  await user.click(await screen.findByRole("button", { name: "key:other" }));
  expect(await screen.findByDisplayValue("key:other")).toBeVisible();
  expect(await screen.findAllByText("Deleted a job")).toHaveLength(1);
  expect(new URLSearchParams(window.location.search).get("audit")).toBe("actor:key:other");
  const download = screen.getByRole("link", { name: "Download all that match (NDJSON)" });
  expect(download).toHaveAttribute("href", expect.stringMatching(/\/audit\/export\?actor=key%3Aother$/));

  await user.clear(screen.getByLabelText("Value"));
  await user.type(screen.getByLabelText("Value"), "nobody{Enter}");
  expect(await screen.findByText("Nothing matches.")).toBeVisible();
});

it("keeps the filter in the address", () => {
  expect(filterOf(textOf({ field: "actor", value: "key:ci" }))).toEqual({ field: "actor", value: "key:ci" });
  expect(filterOf(`target:${"a".repeat(LONGEST_VALUE + 1)}`)?.value).toHaveLength(LONGEST_VALUE);
  expect(filterOf("address:127.0.0.1")).toBeNull();
  expect(filterOf("actor:")).toBeNull();
  expect(filterOf(null)).toBeNull();
});
