import { screen } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { expect, it } from "vitest";
import { pendingJob } from "@/testing/jobs";
import { open } from "@/testing/render";
import { goAway, problem, serveJobs, server } from "@/testing/server";

const submit = () => screen.getByRole("button", { name: /^Submit/ });
const prompt = () => screen.getByRole("textbox", { name: "Prompt" });

it("shows when the backend is unreachable, disables submission, and recovers", async () => {
  serveJobs(pendingJob({ prompt: "Still here" }));
  const { user } = open();
  await screen.findByRole("link", { name: /Still here/ });
  await user.type(prompt(), "Half a thou");

  goAway();
  expect(await screen.findByText("Backend unreachable")).toBeVisible();
  expect(submit()).toBeDisabled();
  expect(prompt()).toHaveFocus();
  await user.keyboard("ght");
  expect(prompt()).toHaveValue("Half a thought");
  expect(screen.getByRole("link", { name: /Still here/ })).toBeVisible();
  expect(screen.getByRole("button", { name: "Updates: Offline" })).toBeVisible();

  server.resetHandlers();
  serveJobs(pendingJob({ prompt: "And back" }));
  expect(await screen.findByRole("link", { name: /And back/ })).toBeVisible();
  expect(screen.queryByText("Backend unreachable")).not.toBeInTheDocument();
  expect(submit()).toBeEnabled();
});

it("calls nothing unreachable while one endpoint answers, and says which does not", async () => {
  serveJobs(pendingJob({ prompt: "Listed" }));
  server.use(http.get("/jobs/stats", () => problem(503, "The database is unavailable.")));
  const { user } = open();
  await screen.findByRole("link", { name: /Listed/ });
  expect(
    await screen.findByText("The statistics could not be refreshed: The database is unavailable. Retrying every 2 s."),
  ).toBeVisible();
  expect(screen.queryByText("Backend unreachable")).not.toBeInTheDocument();
  await user.type(prompt(), "Still works");
  expect(submit()).toBeEnabled();
});

it("fills an empty page by itself once the backend answers", async () => {
  goAway();
  open();
  expect(await screen.findByText("Nothing to show yet")).toBeVisible();
  server.resetHandlers();
  serveJobs(pendingJob({ prompt: "At last" }));
  expect(await screen.findByRole("link", { name: /At last/ })).toBeVisible();
});

it("keeps the text of a submission that did not get through", async () => {
  const { user } = open();
  await screen.findByText("No jobs yet");
  server.use(http.post("/jobs", () => HttpResponse.error()));
  await user.type(prompt(), "Precious");
  await user.click(screen.getByRole("button", { name: /^Submit/ }));
  expect(await screen.findByText(/Your text is kept/)).toBeVisible();
  expect(prompt()).toHaveValue("Precious");
});
