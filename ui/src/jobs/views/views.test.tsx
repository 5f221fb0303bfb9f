import { screen, within } from "@testing-library/react";
import { beforeEach, expect, it } from "vitest";
import { pendingJob } from "@/testing/jobs";
import { open } from "@/testing/render";
import { serveJobs } from "@/testing/server";

beforeEach(() => {
  localStorage.removeItem("views");
  serveJobs(pendingJob({ prompt: "one" }));
});

const dialog = async () => within(await screen.findByRole("dialog", { name: "Views" }));

it("saves the filter in force by a name, leads to it, and forgets it", async () => {
  const { user } = open("/?status=FAILED&queue=llm&job=job-1");
  await user.click(screen.getByRole("button", { name: /^Filters/ }));
  await user.click(await screen.findByRole("button", { name: "Views…" }));
  await user.type((await dialog()).getByRole("textbox"), " Broken {Enter}");
  expect(JSON.parse(localStorage.getItem("views") ?? "")).toEqual([
    { name: "Broken", search: "status=FAILED&queue=llm" },
  ]);
  await user.click((await dialog()).getByRole("link", { name: "Broken" }));
  expect(location.search).toBe("?status=FAILED&queue=llm");
  await user.keyboard("v");
  await user.click((await dialog()).getByRole("button", { name: "Forget Broken" }));
  expect((await dialog()).getByText("None is saved yet.")).toBeVisible();
  expect(localStorage.getItem("views")).toBe("[]");
});

it("has nothing to save of all jobs, and takes damaged views for none", async () => {
  localStorage.setItem("views", '[{"name":1}]');
  open("/?panel=views");
  expect((await dialog()).getByText("None is saved yet.")).toBeVisible();
  expect((await dialog()).queryByRole("textbox")).not.toBeInTheDocument();
});
