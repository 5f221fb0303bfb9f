import { type APIRequestContext, expect, type Page, test } from "@playwright/test";
import { Dashboard, local, report, uniquePrompt } from "./dashboard";

/** A queue beside the default one, given by whoever starts the cluster. */
const QUEUE = process.env.E2E_QUEUE ?? "";

const submit = async (request: APIRequestContext, job: object): Promise<string> => {
  const answer = await request.post("/jobs", { data: job });
  expect(answer.status(), await answer.text()).toBe(201);
  return (await answer.json()).id;
};

/** A tag that no other test uses. */
const uniqueTag = () => uniquePrompt("tag").replaceAll(" ", "-");

const chip = (page: Page, name: RegExp) => page.getByRole("list", { name: "Filters" }).getByRole("button", { name });

test("a job is submitted with tags and metadata, and found by them", async ({ page }) => {
  const dashboard = new Dashboard(page);
  const [tag, customer] = [uniqueTag(), uniqueTag()];
  const other = uniquePrompt("Unmarked");
  await submit(page.request, { prompt: other });
  await dashboard.open("polling");
  const prompt = uniquePrompt("Marked");
  await dashboard.prompt.fill(prompt);
  await dashboard.form.getByText("Options").click();
  await dashboard.form.getByLabel("Metadata").fill(`customer=${customer}\nb.c=1`);
  await expect(page.getByText("Line 2: the key must have no . $ or =.")).toBeVisible();
  await expect(dashboard.submitButton).toBeDisabled();
  await dashboard.form.getByLabel("Metadata").fill(`customer=${customer}`);
  await dashboard.form.getByLabel("Tags").fill(`${tag}, second`);
  await dashboard.submitButton.click();
  await dashboard.row(prompt).getByRole("link", { name: tag, exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`\\?tag=${tag}$`));
  await expect(dashboard.row(other)).toBeHidden();
  await expect(dashboard.row(prompt)).toBeVisible();
  await page.reload();
  await expect(dashboard.row(prompt)).toBeVisible();
  await chip(page, /Tag/).click();
  await expect(dashboard.row(other)).toBeVisible();
  await page.keyboard.press("f");
  const filters = page.getByRole("dialog", { name: "Filters" });
  await filters.getByLabel("Jobs with").selectOption("the metadata");
  await filters.getByLabel("Key").fill("customer");
  await filters.getByLabel("Value").fill(customer);
  await page.keyboard.press("Enter");
  await expect(dashboard.row(other)).toBeHidden();
  await dashboard
    .row(prompt)
    .getByRole("link", { name: new RegExp(prompt) })
    .click();
  await expect(page.getByRole("dialog").getByRole("link", { name: customer, exact: true })).toBeVisible();
});

test("filters that no index serves together are refused with the reason, and let go one by one", async ({ page }) => {
  const dashboard = new Dashboard(page);
  const tag = uniqueTag();
  const prompt = uniquePrompt("Tagged");
  await submit(page.request, { prompt, tags: [tag] });
  await dashboard.open("polling", `/?tag=${tag}&worker=worker-1`);
  await expect(page.getByText(/No index serves tag and worker together/)).toBeVisible();
  await chip(page, /Worker/).click();
  await expect(dashboard.row(prompt)).toBeVisible();
});

test("what a model used shows on the job and in the statistics", async ({ page }) => {
  const dashboard = new Dashboard(page);
  const prompt = uniquePrompt("Metered");
  const jobId = await submit(page.request, { prompt });
  const usage = { model: "stand-in", inputTokens: 1234, outputTokens: 56 };
  await report(page, "/jobs/webhook/callback", { jobId, result: "{}", usage });
  await dashboard.open("polling", `/?job=${jobId}`);
  await expect(page.getByRole("dialog").getByText("1,234 in, 56 out · stand-in")).toBeVisible();
  await expect(page.getByText("Tokens, last hour")).toBeVisible();
  await page.keyboard.press("q");
  await expect(page.getByRole("region", { name: "Queues" }).getByText(/stand-in .* tokens in/)).toBeVisible();
});

test.describe("a second queue", () => {
  test.skip(QUEUE === "", "E2E_QUEUE is not set");

  const resume = ({ request }: { request: APIRequestContext }) => request.post(`/queues/${QUEUE}/resume`);
  test.beforeEach(resume);
  test.afterEach(resume);

  test("jobs of a queue are listed on their own; none starts while it is paused", async ({ page }) => {
    const dashboard = new Dashboard(page);
    await dashboard.open("polling");
    await page.getByRole("link", { name: "Queues" }).click();
    await expect(page).toHaveURL(/\?view=queues$/);
    await page.getByRole("button", { name: `Pause ${QUEUE}` }).click();
    await page
      .getByRole("alertdialog")
      .getByRole("button", { name: `Pause ${QUEUE}` })
      .click();
    await expect(page.getByText("Paused: its jobs wait", { exact: true })).toBeVisible();
    await page.goBack();
    await expect(page.getByText(`Queue ${QUEUE} is paused: its jobs wait.`)).toBeVisible();
    const [mine, other] = [uniquePrompt("In its queue"), uniquePrompt("In the default queue")];
    await dashboard.form.getByText("Options").click();
    await dashboard.form.getByLabel("Queue", { exact: true }).selectOption(QUEUE);
    // Due once all workers know of the pause, by a message of the broker.
    await dashboard.form.getByLabel("Starts").fill(local(5));
    await dashboard.submit(mine);
    await expect(dashboard.row(mine).getByText("Scheduled").first()).toBeVisible();
    await expect(dashboard.row(mine).getByText("Queue paused")).toBeVisible();
    await dashboard.submit(other);
    await expect(dashboard.row(other).getByText("Running").first()).toBeVisible();
    await expect(dashboard.row(mine).getByText("Queue paused")).toBeVisible();
    await dashboard.row(mine).getByRole("link", { name: QUEUE, exact: true }).click();
    await expect(dashboard.row(other)).toBeHidden();
    await page.getByRole("link", { name: "Resume…" }).click();
    await page.getByRole("button", { name: `Resume ${QUEUE}` }).click();
    await page
      .getByRole("alertdialog")
      .getByRole("button", { name: `Resume ${QUEUE}` })
      .click();
    await expect(page.getByText("Its jobs start")).toHaveCount(2);
    await page.goBack();
    await expect(page.getByText("its jobs wait.")).toBeHidden();
    await expect(dashboard.row(mine).getByText("Running").first()).toBeVisible();
  });
});
