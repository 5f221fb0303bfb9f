import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { expect, it } from "vitest";
import { pendingJob } from "@/testing/jobs";
import { open } from "@/testing/render";
import { problem, queues, serveJobs, server } from "@/testing/server";

const JOBS = [
  pendingJob({ prompt: "ordinary" }),
  pendingJob({ prompt: "haiku", queue: "llm", priority: "high", tags: ["red"], metadata: { customer: "17" } }),
];

/** The API finds what a parameter asks for; returns the parameters of each call. */
function serveFiltered(): string[] {
  const asked: string[] = [];
  serveJobs(...JOBS);
  server.use(
    http.get("/queues", () => HttpResponse.json(queues("default", "llm"))),
    http.get("/jobs", ({ request }) => {
      const { searchParams } = new URL(request.url);
      asked.push(searchParams.toString());
      const all = searchParams.size === 0;
      return HttpResponse.json(JOBS.filter(({ queue }) => all || queue === "llm"));
    }),
  );
  return asked;
}

const dialog = () => screen.findByRole("dialog", { name: "Filters" });
const chips = () => within(screen.getByRole("list", { name: "Filters" }));

it("leads from a row's tag to the jobs that have it, and back by its chip", async () => {
  serveFiltered();
  const { user } = open("/?q=anything");
  await user.click(await screen.findByRole("link", { name: "red" }));
  expect(window.location.search).toBe("?tag=red");
  await waitFor(() => expect(screen.queryByRole("link", { name: /ordinary/ })).not.toBeInTheDocument());
  await user.click(chips().getByRole("button", { name: "Remove the filter Tag: red" }));
  expect(await screen.findByRole("link", { name: /ordinary/ })).toBeVisible();
  expect(window.location.search).toBe("");
});

it("leads from a row's queue to its jobs, beside the tag", async () => {
  serveFiltered();
  const { user } = open("/?tag=red");
  await user.click(await screen.findByRole("link", { name: "llm" }));
  expect(window.location.search).toBe("?tag=red&queue=llm");
  expect(await screen.findByRole("link", { name: /haiku.*llm.*High priority.*red/ })).toBeVisible();
});

it("finds jobs by metadata, queue and time as they are typed, and shows them again", async () => {
  const asked = serveFiltered();
  const { user } = open("/?status=SCHEDULED");
  await user.keyboard("f");
  const form = within(await dialog());
  await user.selectOptions(form.getByRole("combobox", { name: "Queue" }), "llm");
  await user.selectOptions(form.getByRole("combobox", { name: "Jobs with" }), "the metadata");
  await user.type(form.getByRole("textbox", { name: "Key" }), "customer");
  await user.type(form.getByRole("textbox", { name: "Value" }), "17{Enter}");
  await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
  expect(window.location.search).toBe("?queue=llm&metadata.customer=17");
  await waitFor(() => expect(asked).toContain("queue=llm&metadata.customer=17"));
  expect(chips().getByText("customer = 17")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Filters, 2 in force" }));
  const again = within(await dialog());
  expect(again.getByRole("textbox", { name: "Key" })).toHaveValue("customer");
  fireEvent.change(again.getByLabelText("Created after"), { target: { value: "2026-11-24T09:30" } });
  await user.click(again.getByRole("button", { name: "Show jobs" }));
  const after = new Date("2026-11-24T09:30").toISOString();
  expect(new URLSearchParams(window.location.search).get("createdAfter")).toBe(after);
  await waitFor(() => expect(asked.at(-1)).toContain("createdAfter="));
  await user.click(chips().getByRole("button", { name: "Clear all" }));
  expect(window.location.search).toBe("");
});

it.each([
  ["the tag", [], "Write what to look for."],
  ["the metadata", ["", "17"], "The key is missing."],
  ["the metadata", ["a.b", "17"], "The key must have no . $ or =."],
])("says why %s cannot be looked for", async (kind, texts, sentence) => {
  serveFiltered();
  const { user } = open("/?panel=filters");
  const form = within(await dialog());
  await user.selectOptions(form.getByRole("combobox", { name: "Jobs with" }), kind);
  for (const [index, field] of form.queryAllByRole("textbox").entries())
    if (texts[index]) await user.type(field, texts[index]);
  expect(form.queryByText(sentence)).not.toBeInTheDocument();
  await user.click(form.getByRole("button", { name: "Show jobs" }));
  expect(form.getByText(sentence)).toBeVisible();
  expect(window.location.search).toBe("?panel=filters");
});

it.each([
  ["/?worker=worker-1", "Scheduled", "?status=SCHEDULED"],
  ["/?errorCode=timed_out", "Failed", "?errorCode=timed_out&status=FAILED"],
  ["/?q=invoice&status=FAILED", "Scheduled", "?status=SCHEDULED"],
])("lets go of what the API could not combine: at %s, %s", async (address, status, search) => {
  serveFiltered();
  const { user } = open(address);
  await user.click(await screen.findByRole("link", { name: status }));
  expect(window.location.search).toBe(search);
});

it("finds hallucinated responses, for which there is nothing to write", async () => {
  const asked = serveFiltered();
  const { user } = open();
  await user.keyboard("f");
  const form = within(await dialog());
  await user.selectOptions(form.getByRole("combobox", { name: "Jobs with" }), "a hallucinated response");
  expect(form.queryByRole("textbox")).not.toBeInTheDocument();
  await user.click(form.getByRole("button", { name: "Show jobs" }));
  await waitFor(() => expect(asked).toContain("result=malformed"));
  await user.click(chips().getByRole("button", { name: "Remove the filter Hallucinated" }));
  await waitFor(() => expect(window.location.search).toBe(""));
});

it("lets go of the tag for a search", async () => {
  serveFiltered();
  const { user } = open("/?tag=red&queue=llm");
  await user.type(screen.getByRole("combobox", { name: "Search jobs" }), "haiku");
  await waitFor(() => expect(window.location.search).toBe("?queue=llm&q=haiku"));
});

it("says why the API refuses an address that asks for two, and does not ask again", async () => {
  const reason = "No index serves tag and worker together";
  let calls = 0;
  server.use(
    http.get("/jobs", ({ request }) => {
      const both = new URL(request.url).searchParams.has("worker");
      if (both) calls++;
      return both ? problem(400, reason) : HttpResponse.json([]);
    }),
  );
  const { user } = open("/?tag=red&worker=worker-1");
  expect(await screen.findByText(reason)).toBeVisible();
  expect(screen.getByRole("heading", { name: "The API does not serve this filter" })).toBeVisible();
  await user.click(chips().getByRole("button", { name: /Worker/ }));
  expect(await screen.findByText("No jobs match")).toBeVisible();
  expect(calls).toBe(1);
});

it("keeps a queue that is no longer known while the address names it", async () => {
  serveJobs();
  open("/?queue=gone&panel=filters");
  expect(within(await dialog()).getByRole("combobox", { name: "Queue" })).toHaveValue("gone");
});
