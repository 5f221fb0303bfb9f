import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, it } from "vitest";
import { completed, pendingJob } from "@/testing/jobs";
import { open, openAsking } from "@/testing/render";
import { OPEN_ACCESS, serveJobs } from "@/testing/server";

const JOB = completed(
  pendingJob({
    prompt: "Write a haiku",
    priority: "high",
    tags: ["red", "blue"],
    metadata: { customer: "17" },
    timeoutSeconds: 60,
    retry: { maxAttempts: 3, delaySeconds: 2 },
    runAt: "2026-11-24T12:00:00.000Z",
  }),
);

beforeEach(() => {
  sessionStorage.clear();
  serveJobs(JOB);
});

const prompt = () => screen.getByRole("textbox", { name: "Prompt" });

const runAgain = async (user: ReturnType<typeof open>["user"]) =>
  user.click(await within(await screen.findByRole("dialog")).findByRole("button", { name: "Run again…" }));

it("fills the form with what a job was submitted with", async () => {
  const { user } = open(`/?status=COMPLETED&job=${JOB.id}`);
  await runAgain(user);
  expect(prompt()).toHaveValue("Write a haiku");
  expect(location.search).toBe("?status=COMPLETED");
  await waitFor(() => expect(prompt()).toHaveFocus());
  const draft = JSON.parse(sessionStorage.getItem("draft") ?? "");
  expect(draft).toMatchObject({
    urgent: true,
    tags: "red, blue",
    metadata: "customer=17",
    timeout: "60",
    tries: "3",
    retryDelay: "2",
    runAt: "",
  });
});

it("asks before it replaces what is written", async () => {
  const { user } = open(`/?job=${JOB.id}`);
  await user.type(prompt(), "Mine");
  await runAgain(user);
  await user.click(await screen.findByRole("button", { name: "Keep my text" }));
  expect(prompt()).toHaveValue("Mine");
  await runAgain(user);
  await user.click(await screen.findByRole("button", { name: "Replace it" }));
  expect(prompt()).toHaveValue("Write a haiku");
});

it("says what the form cannot hold", async () => {
  serveJobs({ ...JOB, tags: ["red, or so"], webhook: { url: "https://example.com/hook" } });
  const { user } = open(`/?job=${JOB.id}`);
  await runAgain(user);
  expect(await screen.findByText("Not taken over: its webhook, tags with commas.")).toBeVisible();
});

it("is nothing for viewers", async () => {
  openAsking(`/?job=${JOB.id}`, { ...OPEN_ACCESS, roles: ["viewer"] });
  expect(await screen.findByRole("button", { name: "Delete d" })).toBeDisabled();
  expect(screen.queryByRole("button", { name: "Run again…" })).not.toBeInTheDocument();
});
