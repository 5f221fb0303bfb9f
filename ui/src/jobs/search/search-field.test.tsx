import { screen, waitFor, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { beforeEach, expect, it } from "vitest";
import { pendingJob, running } from "@/testing/jobs";
import { open } from "@/testing/render";
import { queues, serveJobs, server } from "@/testing/server";

beforeEach(() => {
  serveJobs(
    running(pendingJob({ prompt: "one", tags: ["urgent", "red, or so"], metadata: { customer: "17" } })),
    pendingJob({ prompt: "two" }),
  );
  server.use(http.get("/queues", () => HttpResponse.json(queues("default", "llm"))));
});

const field = () => screen.getByRole("combobox", { name: "Search jobs" });
const options = () => {
  const list = screen.queryByRole("listbox", { name: "Suggestions" });
  return list
    ? within(list)
        .getAllByRole("option")
        .map((option) => option.firstChild?.textContent)
    : [];
};
const params = () => Object.fromEntries(new URLSearchParams(location.search));

async function ready(address = "/") {
  const { user } = open(address);
  await screen.findByRole("link", { name: /two/ });
  await user.keyboard("/");
  return user;
}

it("suggests operators and their values by keys alone", async () => {
  const user = await ready();
  await user.keyboard("{ArrowDown}");
  expect(options()).toEqual([
    "status:",
    "queue:",
    "tag:",
    "worker:",
    "error:",
    "result:",
    "metadata.",
    "after:",
    "before:",
  ]);
  await user.keyboard("ta");
  expect(options()).toEqual(["tag:"]);
  await user.keyboard("{ArrowDown}");
  const option = within(screen.getByRole("listbox", { name: "Suggestions" })).getByRole("option", { selected: true });
  expect(field()).toHaveAttribute("aria-activedescendant", option.id);
  await user.keyboard("{Enter}");
  expect(field()).toHaveValue("tag:");
  expect(options()).toEqual(["tag:urgent", 'tag:"red, or so"']);
  await user.keyboard("r{ArrowDown}{Enter}");
  expect(params()).toEqual({ tag: "red, or so" });
  expect(field()).toHaveValue("");
  expect(field()).toHaveFocus();
  expect(field()).toHaveAttribute("aria-expanded", "false");
});

it("applies what is typed by Enter, beside the filters that are in force", async () => {
  const user = await ready("/?queue=llm");
  await user.keyboard("status:failed metadata.customer:17{Enter}");
  expect(params()).toEqual({ queue: "llm", status: "FAILED", "metadata.customer": "17" });
});

it("searches for the words while they are typed, and not for operators", async () => {
  const user = await ready();
  await user.keyboard("haiku queue:ll");
  await waitFor(() => expect(params()).toEqual({ q: "haiku" }));
  expect(field()).toHaveValue("haiku queue:ll");
  await user.keyboard("m{Enter}");
  expect(params()).toEqual({ q: "haiku", queue: "llm" });
  expect(field()).toHaveValue("haiku");
});

it("says why it cannot apply something, and keeps it to be corrected", async () => {
  const user = await ready();
  await user.keyboard("status:done{Enter}");
  expect(screen.getByText(/There is no status “done”/)).toBeVisible();
  expect(field()).toBeInvalid();
  expect(field()).toHaveValue("status:done");
  expect(params()).toEqual({});
  await user.keyboard("{Backspace}");
  expect(field()).toBeValid();
});

it("takes a suggestion by a click, and closes by Escape before it lets go of the text", async () => {
  const user = await ready();
  await user.keyboard("queue:");
  await user.click(within(screen.getByRole("listbox", { name: "Suggestions" })).getByText("queue:llm"));
  expect(params()).toEqual({ queue: "llm" });
  await user.keyboard("a{Escape}");
  expect(options()).toEqual([]);
  expect(field()).toHaveValue("a");
  await user.keyboard("{Escape}");
  expect(field()).toHaveValue("");
  expect(field()).not.toHaveFocus();
});
