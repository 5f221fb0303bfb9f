import { screen, waitFor } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { foldForm } from "@/jobs/form/form-folded";
import { completed, pendingJob } from "@/testing/jobs";
import { open } from "@/testing/render";
import { serveJobs } from "@/testing/server";

afterEach(() => foldForm(false));

const prompt = () => screen.getByRole("textbox", { name: "Prompt" });

it("folds the form, remembers that, and unfolds it by a key", async () => {
  const { user } = open();
  await user.type(await screen.findByRole("textbox", { name: "Prompt" }), "Half");
  await user.click(screen.getByRole("button", { name: "Fold the form" }));
  expect(screen.queryByRole("textbox", { name: "Prompt" })).not.toBeInTheDocument();
  expect(localStorage.getItem("form-folded")).toBe("on");
  await user.keyboard("n");
  await waitFor(() => expect(prompt()).toHaveFocus());
  expect(prompt()).toHaveValue("Half");
  expect(localStorage.getItem("form-folded")).toBe("off");
});

it("gives way to an open job where there is no room for both, which it closes", async () => {
  const matchMedia = window.matchMedia;
  vi.spyOn(window, "matchMedia").mockImplementation((query) =>
    query.includes("119.99rem")
      ? { ...matchMedia(query), matches: true, addEventListener: () => undefined, removeEventListener: () => undefined }
      : matchMedia(query),
  );
  const job = completed(pendingJob());
  serveJobs(job);
  const { user } = open(`/?job=${job.id}`);
  await screen.findByRole("dialog");
  await user.click(screen.getByRole("button", { name: "New job" }));
  await waitFor(() => expect(prompt()).toHaveFocus());
  expect(window.location.search).toBe("");
  expect(localStorage.getItem("form-folded")).toBe("off");
});
