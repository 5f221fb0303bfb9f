import { cleanup, fireEvent, screen, waitFor } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { expect, it } from "vitest";
import { pendingJob } from "@/testing/jobs";
import { open } from "@/testing/render";
import { problem, queues, server } from "@/testing/server";

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

const timeout = () => screen.getByRole("textbox", { name: /Timeout/ });

it("submits the timeout that was set among the options, which are folded away at first", async () => {
  const sent = acceptJobs();
  const { user } = open();
  expect(timeout()).not.toBeVisible();
  await user.click(screen.getByText("Options"));
  await user.type(timeout(), "5400");
  expect(screen.getByText(/after 1 h 30 min/)).toBeVisible();
  await user.type(prompt(), "Take an hour");
  await user.click(submit());
  await waitFor(() =>
    expect(sent.map(({ body }) => body)).toEqual([{ prompt: "Take an hour", timeoutSeconds: 5_400 }]),
  );
  await waitFor(() => expect(timeout()).toHaveValue(""));
});

it("gives every job of a batch the timeout", async () => {
  const sent = acceptJobs();
  const { user } = open();
  await user.click(screen.getByRole("radio", { name: "One per line" }));
  await user.click(screen.getByRole("textbox", { name: /one per line/ }));
  await user.paste("one\ntwo");
  await user.click(screen.getByText("Options"));
  await user.type(timeout(), "60");
  await user.click(submit());
  const jobs = ["one", "two"].map((text) => ({ prompt: text, timeoutSeconds: 60 }));
  await waitFor(() => expect(sent.map(({ body }) => body)).toEqual([jobs]));
});

it.each(["0", "86401", "-1", "1.5", "1e3", "ten"])(
  "refuses a timeout of %s and keeps all that was written",
  async (text) => {
    const sent = acceptJobs();
    const { user } = open();
    await user.type(prompt(), "Kept");
    await user.click(screen.getByText("Options"));
    await user.type(timeout(), text);
    expect(screen.getByText("The timeout must be a whole number of seconds, from 1 to 86,400.")).toBeVisible();
    expect(submit()).toBeDisabled();
    await user.type(prompt(), "{Control>}{Enter}{/Control}");
    expect(prompt()).toHaveValue("Kept");
    expect(timeout()).toHaveValue(text);
    expect(sent).toEqual([]);
  },
);

it.each(["1", "86400", " 60 "])("takes a timeout of %s", async (text) => {
  const sent = acceptJobs();
  const { user } = open();
  await user.type(prompt(), "Taken");
  await user.click(screen.getByText("Options"));
  await user.type(timeout(), text);
  await user.click(submit());
  await waitFor(() => expect(sent[0]?.body).toEqual({ prompt: "Taken", timeoutSeconds: Number(text) }));
});

it("says that it was the timeout the server refused, and keeps both", async () => {
  acceptJobs(() => problem(400, "Bad", [{ field: "timeoutSeconds", message: "must be 1 to 600" }]));
  const { user } = open();
  await user.type(prompt(), "Long");
  await user.click(screen.getByText("Options"));
  await user.type(timeout(), "700");
  await user.click(submit());
  expect(await screen.findByText("The timeout must be 1 to 600.")).toBeVisible();
  expect(prompt()).toHaveValue("Long");
  expect(timeout()).toHaveValue("700");
});

it("keeps the timeout through a reload, in sight though folded, and asks for another job with another one", async () => {
  const sent = acceptJobs(() => HttpResponse.error());
  const { user } = open();
  await user.type(prompt(), "Survive");
  await user.click(screen.getByText("Options"));
  await user.type(timeout(), "60");
  await user.click(submit());
  await waitFor(() => expect(sent).toHaveLength(1));
  cleanup();
  open();
  expect(screen.getByText("· timeout 1 min")).toBeVisible();
  await user.click(screen.getByText("Options"));
  await user.type(timeout(), "0");
  await waitFor(() => expect(submit()).toBeEnabled());
  await user.click(submit());
  await waitFor(() => expect(sent[1]?.body).toEqual({ prompt: "Survive", timeoutSeconds: 600 }));
  expect(sent[1]?.key).not.toBe(sent[0]?.key);
});

const starts = () => screen.getByLabelText("Starts");
const expires = () => screen.getByLabelText("Expires");
const local = (minutesAhead: number) => {
  const time = new Date(Date.now() + minutesAhead * 60_000);
  return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
};

it("submits local times as instants, and forgets them once they are sent", async () => {
  const sent = acceptJobs();
  const { user } = open();
  await user.click(screen.getByText("Options"));
  const [start, end] = [local(60), local(120)];
  fireEvent.change(starts(), { target: { value: start } });
  fireEvent.change(expires(), { target: { value: end } });
  await user.click(screen.getByText("Options"));
  expect(screen.getByText(/· starts/)).toBeVisible();
  await user.type(prompt(), "Later");
  await user.click(submit());
  const job = { prompt: "Later", runAt: new Date(start).toISOString(), expiresAt: new Date(end).toISOString() };
  await waitFor(() => expect(sent.map(({ body }) => body)).toEqual([job]));
  await waitFor(() => expect(starts()).toHaveValue(""));
  expect(expires()).toHaveValue("");
});

it.each([
  [366 * 24 * 60, null, "The start must be at most 365 days ahead."],
  [-2, null, "The start must not be in the past."],
  [null, -1, "The expiry must be in the future."],
  [60, 60, "The expiry must be after the start."],
] as const)("refuses a start in %s and an expiry in %s minutes", async (start, end, sentence) => {
  const { user } = open();
  await user.type(prompt(), "Kept");
  await user.click(screen.getByText("Options"));
  if (start !== null) fireEvent.change(starts(), { target: { value: local(start) } });
  if (end !== null) fireEvent.change(expires(), { target: { value: local(end) } });
  expect(screen.getByText(sentence)).toBeVisible();
  expect(submit()).toBeDisabled();
  await user.click(screen.getByText("Options"));
  expect(screen.getByText("· the schedule is not valid")).toBeVisible();
});

it("says beside the field, and unfolds it, which time of a batch the server refused", async () => {
  acceptJobs(() => problem(400, "Bad", [{ field: "[1].runAt", message: "must not be in the past" }]));
  const { user } = open();
  await user.type(prompt(), "Late");
  await user.click(submit());
  expect(await screen.findByText("The start must not be in the past.")).toBeVisible();
});

it("sends jobs to the chosen queue", async () => {
  server.use(http.get("/queues", () => HttpResponse.json(queues("default", "llm"))));
  const sent = acceptJobs();
  const { user } = open();
  await user.click(screen.getByText("Options"));
  await user.selectOptions(await screen.findByRole("combobox", { name: "Queue" }), "llm");
  await user.click(screen.getByText("Options"));
  expect(screen.getByText("· llm")).toBeVisible();
  await user.type(prompt(), "Write a haiku");
  await user.click(submit());
  await waitFor(() => expect(sent[0]?.body).toEqual({ prompt: "Write a haiku", queue: "llm" }));
});

it("offers no choice where there is but one queue", async () => {
  const { user } = open();
  await user.click(screen.getByText("Options"));
  expect(await screen.findByRole("checkbox", { name: "High priority" })).toBeVisible();
  expect(screen.queryByRole("combobox", { name: "Queue" })).not.toBeInTheDocument();
});

it("sends a job with high priority, and the next without", async () => {
  const sent = acceptJobs();
  const { user } = open();
  await user.click(screen.getByText("Options"));
  await user.click(screen.getByRole("checkbox", { name: "High priority" }));
  await user.type(prompt(), "At once");
  await user.click(submit());
  await waitFor(() => expect(sent[0]?.body).toEqual({ prompt: "At once", priority: "high" }));
  await waitFor(() => expect(screen.getByRole("checkbox", { name: "High priority" })).not.toBeChecked());
});

it("says that it was the queue the server refused", async () => {
  acceptJobs(() => problem(400, "Bad", [{ field: "queue", message: "must be one of default" }]));
  const { user } = open();
  await user.type(prompt(), "Gone");
  await user.click(submit());
  expect(await screen.findByText("The queue must be one of default.")).toBeVisible();
});

const tries = () => screen.getByRole("textbox", { name: "Tries" });
const delay = () => screen.getByRole("textbox", { name: /Retry delay/ });

it("submits the retry policy that was set, in sight though folded", async () => {
  const sent = acceptJobs();
  const { user } = open();
  await user.click(screen.getByText("Options"));
  await user.type(tries(), "5");
  await user.type(delay(), "30");
  await user.click(screen.getByRole("checkbox", { name: /same delay/ }));
  await user.click(screen.getByText("Options"));
  expect(screen.getByText("· up to 5 tries")).toBeVisible();
  await user.type(prompt(), "Again and again");
  await user.click(submit());
  const retry = { maxAttempts: 5, delaySeconds: 30, backoff: "fixed" };
  await waitFor(() => expect(sent.map(({ body }) => body)).toEqual([{ prompt: "Again and again", retry }]));
  await waitFor(() => expect(tries()).toHaveValue(""));
});

it.each([
  ["0", "", "The tries must be a whole number, from 1 to 20."],
  ["21", "", "The tries must be a whole number, from 1 to 20."],
  ["2", "86401", "The delay must be a whole number of seconds, from 0 to 86,400."],
  ["", "5", "Say how many tries, too."],
])("refuses %s tries with a delay of %s", async (number, seconds, sentence) => {
  const { user } = open();
  await user.type(prompt(), "Kept");
  await user.click(screen.getByText("Options"));
  if (number) await user.type(tries(), number);
  if (seconds) await user.type(delay(), seconds);
  expect(screen.getByText(sentence)).toBeVisible();
  expect(submit()).toBeDisabled();
});

it("names the retry policy that the server refused", async () => {
  acceptJobs(() => problem(400, "Bad", [{ field: "retry.maxDelaySeconds", message: "must not be less" }]));
  const { user } = open();
  await user.type(prompt(), "Refused");
  await user.click(submit());
  expect(await screen.findByText("The retry policy must not be less.")).toBeVisible();
});

it("submits the bound of growing delays, which must not be less than the first", async () => {
  const sent = acceptJobs();
  const { user } = open();
  await user.click(screen.getByText("Options"));
  await user.type(tries(), "5");
  await user.type(delay(), "30");
  const longest = screen.getByRole("textbox", { name: /Longest delay/ });
  await user.type(longest, "29");
  expect(screen.getByText("The longest delay must not be less than the first.")).toBeVisible();
  await user.clear(longest);
  await user.type(longest, "30");
  await user.type(prompt(), "Again");
  await user.click(submit());
  const retry = { maxAttempts: 5, delaySeconds: 30, maxDelaySeconds: 30 };
  await waitFor(() => expect(sent[0]?.body).toEqual({ prompt: "Again", retry }));
});

const tags = () => screen.getByRole("textbox", { name: "Tags" });
const metadata = () => screen.getByRole("textbox", { name: "Metadata" });

it("marks jobs with tags and metadata, in sight though folded, and the next without", async () => {
  const sent = acceptJobs();
  const { user } = open();
  await user.click(screen.getByText("Options"));
  await user.type(tags(), "urgent, two words,, urgent");
  await user.type(metadata(), "customer = 17{Enter}note=a=b");
  await user.click(screen.getByText("Options"));
  expect(screen.getByText("· urgent, two words")).toBeVisible();
  expect(screen.getByText("· 2 of metadata")).toBeVisible();
  await user.type(prompt(), "Find me");
  await user.click(submit());
  const marks = { tags: ["urgent", "two words"], metadata: { customer: "17", note: "a=b" } };
  await waitFor(() => expect(sent[0]?.body).toEqual({ prompt: "Find me", ...marks }));
  await waitFor(() => expect(tags()).toHaveValue(""));
  expect(metadata()).toHaveValue("");
});

it("says beside the field why tags or metadata cannot be sent", async () => {
  const { user } = open();
  await user.type(prompt(), "Kept");
  await user.click(screen.getByText("Options"));
  fireEvent.change(metadata(), { target: { value: "a=1\nb.c=2" } });
  expect(metadata()).toHaveAccessibleDescription("Line 2: the key must have no . $ or =.");
  expect(metadata()).toBeInvalid();
  expect(tags()).toBeValid();
  expect(submit()).toBeDisabled();
  await user.click(screen.getByText("Options"));
  expect(screen.getByText("· the metadata are not valid")).toBeVisible();
});

it("unfolds and names the tags that the server refused, until they are changed", async () => {
  acceptJobs(() => problem(400, "Bad", [{ field: "tags", message: "must have at most 10 tags" }]));
  const { user } = open();
  await user.type(prompt(), "Refused");
  await user.click(submit());
  expect(await screen.findByText("The tags must have at most 10 tags.")).toBeVisible();
  expect(tags()).toBeInvalid();
  expect(prompt()).toBeValid();
  await user.type(tags(), "x");
  expect(tags()).toBeValid();
});

const webhook = () => screen.getByRole("textbox", { name: "Webhook URL" });

it("submits a job with a webhook, in sight though folded, and the next without", async () => {
  const sent = acceptJobs();
  const { user } = open();
  await user.click(screen.getByText("Options"));
  await user.type(webhook(), " https://example.com/hooks/jobs ");
  await user.click(screen.getByText("Options"));
  expect(screen.getByText("· notifies example.com")).toBeVisible();
  await user.type(prompt(), "Tell me");
  await user.click(submit());
  const notified = { prompt: "Tell me", webhook: { url: "https://example.com/hooks/jobs" } };
  await waitFor(() => expect(sent.map(({ body }) => body)).toEqual([notified]));
  await waitFor(() => expect(webhook()).toHaveValue(""));
});

it.each([
  ["example.com/hook", "The webhook must be a URL of http or https."],
  ["ftp://example.com", "The webhook must be a URL of http or https."],
  ["https://", "The webhook must be a URL of http or https."],
  [`https://e.com/${"a".repeat(2_035)}`, "The webhook must have at most 2,048 characters."],
])("refuses %.20s as a webhook", async (url, sentence) => {
  const { user } = open();
  await user.type(prompt(), "Kept");
  await user.click(screen.getByText("Options"));
  fireEvent.change(webhook(), { target: { value: url } });
  expect(screen.getByText(sentence)).toBeVisible();
  expect(webhook()).toBeInvalid();
  expect(submit()).toBeDisabled();
  fireEvent.change(webhook(), { target: { value: `https://e.com/${"a".repeat(2_034)}` } });
  expect(submit()).toBeEnabled();
});

it("says beside the field why the server refused a webhook, and leads to the secret that it wants", async () => {
  const type = "urn:job-processor:no-signing-secret";
  acceptJobs(
    () => problem(400, "Bad", [{ field: "webhook.url", message: "must not have a private address" }]),
    () => HttpResponse.json({ type, detail: "POST it" }, { status: 400 }),
  );
  server.use(http.get("/webhook-secrets", () => HttpResponse.json([])));
  const { user } = open();
  await user.type(prompt(), "Refused");
  await user.click(screen.getByText("Options"));
  await user.type(webhook(), "http://10.0.0.1");
  await user.click(submit());
  expect(await screen.findByText("The webhook must not have a private address.")).toBeVisible();
  expect(prompt()).toBeValid();
  await user.type(webhook(), "/hook");
  await user.click(submit());
  expect(await screen.findByText(/Create a signing secret first/)).toBeVisible();
  expect(webhook()).toBeInvalid();
  expect(screen.queryByText("POST it")).not.toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Signing secrets" }));
  expect(await screen.findByRole("dialog", { name: "Webhooks" })).toBeVisible();
});
