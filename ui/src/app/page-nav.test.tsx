import { screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { completed, pendingJob } from "@/testing/jobs";
import { open } from "@/testing/render";
import { queues, serveJobs } from "@/testing/server";

const links = () => within(screen.getByRole("navigation", { name: "Pages" }));

it("opens a page by its link, and goes back to the filtered jobs", async () => {
  serveJobs(completed(pendingJob({ prompt: "Still here" })));
  const { user } = open("/?status=COMPLETED");
  await screen.findByRole("link", { name: /Still here/ });
  await user.click(links().getByRole("link", { name: "Queues" }));
  expect(await screen.findByRole("region", { name: "Queues" })).toBeVisible();
  expect(window.location.search).toBe("?view=queues");
  expect(links().getByRole("link", { name: "Queues" })).toHaveAttribute("aria-current", "page");
  await waitFor(() => expect(document.title).toBe("Queues · Job Processor"));
  window.history.back();
  expect(await screen.findByRole("link", { name: /Still here/ })).toBeVisible();
  expect(window.location.search).toBe("?status=COMPLETED");
});

it("opens pages by two keys, of which the second does nothing else", async () => {
  serveJobs(completed(pendingJob({ prompt: "Not touched" })));
  const { user } = open();
  await screen.findByRole("link", { name: /Not touched/ });
  await user.keyboard("gq");
  expect(await screen.findByRole("region", { name: "Queues" })).toBeVisible();
  await user.keyboard("gj");
  expect(await screen.findByRole("link", { name: /Not touched/ })).not.toHaveFocus();
});

it("shows the jobs at an address that names no page", async () => {
  open("/?view=nothing");
  expect(await screen.findByRole("form", { name: "New job" })).toBeVisible();
});

it("leads from a queue to its jobs", async () => {
  const { user } = open("/?view=queues");
  const [first] = queues("default");
  const page = within(await screen.findByRole("region", { name: "Queues" }));
  await user.click(await page.findByRole("link", { name: first?.name ?? "" }));
  expect(await screen.findByRole("region", { name: "Jobs" })).toBeVisible();
  expect(window.location.search).toBe("?queue=default");
});
