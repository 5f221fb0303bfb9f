import { type APIRequestContext, expect, test } from "@playwright/test";
import { violationsOf } from "./axe";
import { Dashboard, report, uniquePrompt } from "./dashboard";

/** More than a page of the list has. */
const MANY = 120;

/** The ids of jobs that no other test finds. */
async function submitMany(request: APIRequestContext, tag: string, runAt?: string): Promise<string[]> {
  const jobs = Array.from({ length: MANY }, (_, index) => ({
    prompt: `job ${index}`,
    tags: [tag],
    ...(runAt && { runAt }),
  }));
  const answer = await request.post("/jobs/batch", { data: jobs });
  expect(answer.status(), await answer.text()).toBe(201);
  return ((await answer.json()) as { id: string }[]).map(({ id }) => id);
}

const tomorrow = () => new Date(Date.now() + 86_400_000).toISOString();

test("all jobs of a filter are cancelled and deleted, once their number is typed", async ({ page }) => {
  const tag = uniquePrompt("many").replaceAll(" ", "-");
  const dashboard = new Dashboard(page);
  await submitMany(page.request, tag, tomorrow());
  await dashboard.open("polling", `/?tag=${tag}`);
  await expect(dashboard.row("job 119")).toBeVisible();
  for (const [action, past] of [
    ["Cancel", "Cancelled"],
    ["Delete", "Deleted"],
  ] as const) {
    await page.keyboard.press("a");
    await page.getByRole("button", { name: "Select all that match" }).click();
    await page.getByRole("button", { name: `${action}…` }).click();
    const dialog = page.getByRole("dialog", { name: `${action} ${MANY} jobs?` });
    await expect(dialog.getByRole("button", { name: `${action} ${MANY} jobs` })).toBeDisabled();
    expect(await violationsOf(page)).toEqual([]);
    await dialog.getByRole("textbox").fill(String(MANY));
    await page.keyboard.press("Enter");
    await expect(dialog).toBeHidden();
    await expect(page.getByText(`${past} ${MANY} jobs.`)).toBeVisible({ timeout: 30_000 });
  }
  await page.mouse.move(0, 0); // rows are held still under the pointer
  await expect(page.getByText("No jobs match")).toBeVisible();
});

test("jobs that failed for the same reason are one group, and are retried together", async ({ page }) => {
  const reason = uniquePrompt("Gave").replace(/\d/g, "x");
  const tag = uniquePrompt("failing").replaceAll(" ", "-");
  const ids = (await submitMany(page.request, tag, tomorrow())).slice(0, 3);
  for (const [index, jobId] of ids.entries())
    await report(page, "/jobs/webhook/callback", { jobId, status: "FAILED", error: `${reason} up after ${index} s` });
  const dashboard = new Dashboard(page);
  await dashboard.open("polling", "/?view=failures");
  const group = page.getByRole("listitem").filter({ hasText: `${reason} up after # s` });
  await expect(group).toContainText("3", { timeout: 15_000 });
  expect(await violationsOf(page)).toEqual([]);
  await group.getByRole("link", { name: /^Show 3 jobs/ }).click();
  await expect(page.locator("[data-job-row]")).toHaveCount(3);
  await page.goBack();
  await group.getByRole("button", { name: /^Retry all… 3 jobs/ }).click();
  await page.getByRole("dialog", { name: "Retry 3 jobs?" }).getByRole("textbox").fill("3");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Retried 3 jobs.")).toBeVisible({ timeout: 30_000 });
  await expect(group).toBeHidden({ timeout: 15_000 });
});

test("a job is run again, edited", async ({ page }) => {
  const dashboard = new Dashboard(page);
  await dashboard.open("polling");
  const prompt = uniquePrompt("Again");
  await dashboard.submit(prompt);
  await dashboard.row(prompt).getByRole("link").first().click();
  await page.getByRole("button", { name: "Run again…" }).click();
  await expect(dashboard.prompt).toHaveValue(prompt);
  await expect(dashboard.prompt).toBeFocused();
  await page.keyboard.press("End");
  await page.keyboard.type(" edited");
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(dashboard.row(`${prompt} edited`)).toBeVisible();
});
