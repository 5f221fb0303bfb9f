import { screen, waitFor, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { expect, it } from "vitest";
import { completed, failed, pendingJob, retried, running } from "@/testing/jobs";
import { open } from "@/testing/render";
import { serveJobs, server } from "@/testing/server";

const drawer = async () => within(await screen.findByRole("dialog"));

it("opens from its row and closes again, in the address too", async () => {
  const job = completed(pendingJob({ prompt: "Open me" }));
  serveJobs(job);
  const { user } = open();
  await user.click(await screen.findByRole("link", { name: /Open me/ }));
  expect(window.location.search).toBe(`?job=${job.id}`);
  expect((await drawer()).getByText(job.id)).toBeVisible();
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
  expect(window.location.search).toBe("");
});

it("shows the result as a tree or raw, and the timeline", async () => {
  const job = completed(pendingJob(), '{"answer":{"tags":["x"]},"n":42}');
  serveJobs(job);
  const { user } = open(`/?job=${job.id}`);
  const view = await drawer();
  expect(await view.findByText("A worker began")).toBeVisible();
  expect(view.getByText("42")).toBeVisible();
  expect(view.queryByText('"x"')).not.toBeInTheDocument();
  await user.click(view.getByRole("button", { name: /tags/ }));
  expect(view.getByText('"x"')).toBeVisible();
  await user.click(view.getByRole("radio", { name: "Raw" }));
  expect(view.getByText('{"answer":{"tags":["x"]},"n":42}')).toBeVisible();
});

it("shows the raw text of a hallucinated response under its badge", async () => {
  const job = completed(pendingJob(), "Sure!\n{ almost }");
  serveJobs(job);
  open(`/?job=${job.id}`);
  const view = await drawer();
  expect(await view.findByText("Hallucinated Response")).toBeVisible();
  expect(view.getByText(/^Sure!\s+\{ almost \}$/)).toBeVisible();
});

it("retries a failed job at once and follows it", async () => {
  const job = failed(pendingJob({ prompt: "Again" }), "Out of memory");
  serveJobs(job);
  const again = running(retried(job));
  server.use(
    http.post(`/jobs/${job.id}/retry`, () => {
      serveJobs(again);
      return HttpResponse.json(again);
    }),
  );
  const { user } = open(`/?job=${job.id}`);
  const view = await drawer();
  expect(await view.findByText("Out of memory")).toBeVisible();
  await user.click(view.getByRole("button", { name: /Retry/ }));
  expect(await view.findByText(/Running/)).toBeVisible();
  expect(view.queryByText("Out of memory")).not.toBeInTheDocument();
});

it("asks before it deletes", async () => {
  const job = completed(pendingJob({ prompt: "Delete me" }));
  serveJobs(job);
  server.use(
    http.delete(`/jobs/${job.id}`, () => {
      serveJobs();
      return new HttpResponse(null, { status: 204 });
    }),
  );
  const { user } = open(`/?job=${job.id}`);
  await user.click(await (await drawer()).findByRole("button", { name: /Delete/ }));
  await user.click(await screen.findByRole("button", { name: "Delete this job" }));
  expect(await screen.findByText("This job does not exist")).toBeVisible();
  await waitFor(() => expect(screen.queryByRole("link", { name: /Delete me/ })).not.toBeInTheDocument());
});

it("says when there is no such job", async () => {
  serveJobs();
  open("/?job=nothing");
  expect(await screen.findByText("This job does not exist")).toBeVisible();
});
