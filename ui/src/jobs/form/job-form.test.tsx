import { cleanup, screen, waitFor } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { expect, it } from "vitest";
import { pendingJob } from "@/testing/jobs";
import { open } from "@/testing/render";
import { problem, server } from "@/testing/server";

type Sent = { body: unknown; key: string | null };

/** Lets the API accept what is posted, after the given answers. */
function acceptJobs(...first: (() => Response)[]): Sent[] {
  const sent: Sent[] = [];
  const accept = async ({ request }: { request: Request }) => {
    const body = (await request.json()) as { prompt: string } | { prompt: string }[];
    sent.push({ body, key: request.headers.get("idempotency-key") });
    const refusal = first.shift();
    if (refusal) return refusal();
    const jobs = [body].flat().map(({ prompt }) => pendingJob({ prompt }));
    return HttpResponse.json(Array.isArray(body) ? jobs : jobs[0], { status: 201 });
  };
  server.use(http.post("/jobs", accept), http.post("/jobs/batch", accept));
  return sent;
}

/** Lets the API accept what is posted, but only when told to. */
function acceptLater(): () => void {
  let answer = () => {};
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  server.use(
    http.post("/jobs", async ({ request }) => {
      const body = (await request.json()) as { prompt: string };
      await answered;
      return HttpResponse.json(pendingJob(body), { status: 201 });
    }),
  );
  return () => answer();
}

const prompt = () => screen.getByRole("textbox", { name: "Prompt" });
const submit = () => screen.getByRole("button", { name: /^Submit/ });

it("submits a prompt, shows its job and makes room for the next", async () => {
  const sent = acceptJobs();
  const { user } = open();
  await screen.findByText("No jobs yet");
  await user.type(prompt(), "  Do it  ");
  await user.click(submit());
  expect(await screen.findByRole("link", { name: /Pending.*Do it/ })).toBeVisible();
  expect(sent.map(({ body }) => body)).toEqual([{ prompt: "Do it" }]);
  expect(prompt()).toHaveValue("");
});

it("shows the prompt before the server has answered", async () => {
  const answer = acceptLater();
  const { user } = open();
  await screen.findByText("No jobs yet");
  await user.type(prompt(), "Slow");
  await user.click(submit());
  expect(await screen.findByText("Sending…")).toBeVisible();
  answer();
  expect(await screen.findByRole("link", { name: /Slow/ })).toBeVisible();
  expect(screen.queryByText("Sending…")).not.toBeInTheDocument();
});

it("keeps what was written through a reload, and what is sent again is no second job", async () => {
  const sent = acceptJobs(() => HttpResponse.error());
  const { user } = open();
  await user.type(prompt(), "Survive");
  await user.click(submit());
  await waitFor(() => expect(sent).toHaveLength(1));
  cleanup();
  open();
  expect(prompt()).toHaveValue("Survive");
  await waitFor(() => expect(submit()).toBeEnabled());
  await user.click(submit());
  await waitFor(() => expect(sent).toHaveLength(2));
  expect(sent[1]?.key).toBe(sent[0]?.key);
  await waitFor(() => expect(prompt()).toHaveValue(""));
  expect(sessionStorage.getItem("unsettled")).toBeNull();
});

it("keeps what is written while the text before it is being sent", async () => {
  const answer = acceptLater();
  const { user } = open();
  await user.type(prompt(), "First{Control>}{Enter}{/Control}, second");
  expect(await screen.findByText("Sending…")).toBeVisible();
  answer();
  await waitFor(() => expect(prompt()).toHaveValue(", second"));
});

it("never sends an empty prompt", async () => {
  const sent = acceptJobs();
  const { user } = open();
  await user.type(prompt(), "  \n {Control>}{Enter}{/Control}");
  expect(submit()).toBeDisabled();
  expect(sent).toEqual([]);
});

it.each(["Control", "Meta"])("submits on %s and Enter", async (key) => {
  const sent = acceptJobs();
  const { user } = open();
  await user.type(prompt(), `By keyboard{${key}>}{Enter}{/${key}}`);
  await waitFor(() => expect(sent).toHaveLength(1));
});

it("counts, and refuses more than the server takes", async () => {
  const { user } = open();
  await user.click(prompt());
  await user.paste("x".repeat(5_003));
  expect(screen.getByText("5,003 / 5,000")).toBeVisible();
  expect(screen.getByText("3 characters too many.")).toBeVisible();
  expect(submit()).toBeDisabled();
});

it("makes every line a job of its own", async () => {
  const sent = acceptJobs();
  const { user } = open();
  await user.click(prompt());
  await user.paste("one\n\n two \n");
  await user.click(screen.getByRole("button", { name: "Make 2 jobs of it" }));
  await user.click(screen.getByRole("button", { name: /^Submit 2 jobs/ }));
  expect(await screen.findByRole("link", { name: /two/ })).toBeVisible();
  expect(sent.map(({ body }) => body)).toEqual([[{ prompt: "one" }, { prompt: "two" }]]);
});

it("says which of the lines the server refused, and why", async () => {
  acceptJobs(() => problem(400, "Bad", [{ field: "[1].prompt", message: "must not contain secrets" }]));
  const { user } = open();
  await user.click(screen.getByRole("radio", { name: "One per line" }));
  await user.click(screen.getByRole("textbox", { name: /one per line/ }));
  await user.paste("one\ntwo");
  await user.click(submit());
  expect(await screen.findByText("Job 2 must not contain secrets")).toBeVisible();
  expect(screen.getByRole("textbox", { name: /one per line/ })).toHaveValue("one\ntwo");
});

it("sends the same prompt again under the same key, and another under another", async () => {
  const sent = acceptJobs(
    () => problem(500, "Broken"),
    () => problem(500, "Broken"),
  );
  const { user } = open();
  await user.type(prompt(), "Once");
  await user.click(submit());
  expect(await screen.findByText("Broken")).toBeVisible();
  await user.click(submit());
  await waitFor(() => expect(sent).toHaveLength(2));
  await screen.findByText("Broken");
  await user.type(prompt(), " more");
  await user.click(submit());
  await waitFor(() => expect(sent).toHaveLength(3));
  expect(sent[0]?.key).toBeTruthy();
  expect(sent[1]?.key).toBe(sent[0]?.key);
  expect(sent[2]?.key).not.toBe(sent[0]?.key);
});
