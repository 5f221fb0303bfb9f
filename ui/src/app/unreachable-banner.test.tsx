import { screen, waitFor } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { expect, it } from "vitest";
import { pendingJob } from "@/testing/jobs";
import { open } from "@/testing/render";
import { goAway, serveJobs, server } from "@/testing/server";

const prompt = () => screen.getByRole("textbox", { name: "Prompt" });

it("says so when the backend goes away, disables the form, and takes both back", async () => {
  serveJobs(pendingJob({ prompt: "Still here" }));
  const { user } = open();
  await screen.findByRole("link", { name: /Still here/ });
  await user.type(prompt(), "Half a thou");

  goAway();
  expect(await screen.findByText("Backend unreachable")).toBeVisible();
  expect(prompt()).toBeDisabled();
  expect(prompt()).toHaveValue("Half a thou");
  expect(screen.getByRole("link", { name: /Still here/ })).toBeVisible();
  expect(screen.getByRole("button", { name: "Updates: Offline" })).toBeVisible();

  server.resetHandlers();
  serveJobs(pendingJob({ prompt: "And back" }));
  expect(await screen.findByRole("link", { name: /And back/ })).toBeVisible();
  expect(screen.queryByText("Backend unreachable")).not.toBeInTheDocument();
  expect(prompt()).toBeEnabled();
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
  await waitFor(() => expect(prompt()).toBeEnabled());
  expect(prompt()).toHaveValue("Precious");
});
