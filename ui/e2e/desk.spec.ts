import { expect, test } from "@playwright/test";
import { violationsOf } from "./axe";
import { Dashboard, report, uniquePrompt } from "./dashboard";

test("a job shows in the figures of its queue, and among those of its worker, which is drained and resumed", async ({
  page,
}) => {
  const dashboard = new Dashboard(page);
  await dashboard.open("polling");
  const prompt = uniquePrompt("Counted");
  await dashboard.submit(prompt);
  await expect(dashboard.rowIn(prompt, "COMPLETED")).toBeVisible({ timeout: 60_000 });
  await page.getByRole("link", { name: "Queues" }).click();
  const queues = page.getByRole("region", { name: "Queues" });
  await expect(queues.getByText(/[1-9]\d* completed/)).toBeVisible({ timeout: 30_000 });
  await expect(queues.getByText(/p95 .* s/).first()).toBeVisible();
  await page.keyboard.press("g");
  await page.keyboard.press("w");
  const drain = page.getByRole("button", { name: /^Drain / }).first();
  const name = (await drain.getAttribute("aria-label"))?.slice("Drain ".length) ?? "";
  await drain.click();
  await page
    .getByRole("alertdialog")
    .getByRole("button", { name: `Drain ${name}` })
    .click();
  await page.getByRole("button", { name: `Resume ${name}` }).click();
  await page
    .getByRole("alertdialog")
    .getByRole("button", { name: `Resume ${name}` })
    .click();
  await expect(page.getByRole("button", { name: `Drain ${name}` })).toBeVisible();
  await page.goBack();
  await expect(queues).toBeVisible();
  await page.goBack();
  await expect(dashboard.row(prompt)).toBeVisible();
});

test("all parts work, and no message is dead", async ({ page }) => {
  await new Dashboard(page).open("polling", "/?view=health");
  await expect(page.getByRole("list", { name: "Checks" }).getByText("Works")).toHaveCount(6);
  await expect(page.getByText("webhook.secret", { exact: true })).toBeVisible();
  await expect(page.getByText("local-webhook-secret")).toBeHidden();
  await page.getByRole("link", { name: "Dead letters" }).click();
  await expect(page.getByRole("region", { name: "Dead letters" })).toBeVisible();
});

test("two attempts of a job are compared, and its submission is copied as a command", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const dashboard = new Dashboard(page);
  await dashboard.open("polling");
  const prompt = uniquePrompt("It's compared");
  await dashboard.submit(prompt);
  const row = dashboard.row(prompt);
  await expect(row.getByText("Running").first()).toBeVisible();
  const jobId = await row.getAttribute("data-job-row");
  await report(page, "/jobs/webhook/callback", { jobId, status: "FAILED", error: "Out of tokens" });
  await row.click();
  await page.getByRole("button", { name: /^Retry/ }).click();
  await expect(dashboard.rowIn(prompt, "COMPLETED")).toBeVisible({ timeout: 60_000 });
  await page.getByRole("button", { name: "Compare…" }).click();
  const dialog = page.getByRole("dialog", { name: "Compare attempts" });
  await expect(dialog.getByText("Out of tokens")).toBeVisible();
  await expect(dialog.getByRole("rowheader", { name: "Outcome ≠ differs" })).toBeVisible();
  expect(await violationsOf(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await page.getByRole("button", { name: /^Copy as curl/ }).click();
  const command = await page.evaluate(() => navigator.clipboard.readText());
  expect(command).toContain(`"prompt":"${prompt.replace("'", "'\\''")}"`);
});

test("minutes of the chart lead to the jobs submitted then, and a figure to its jobs", async ({ page }) => {
  const dashboard = new Dashboard(page);
  await dashboard.open("polling");
  const prompt = uniquePrompt("Within the hour");
  await dashboard.submit(prompt);
  await expect(dashboard.rowIn(prompt, "COMPLETED")).toBeVisible({ timeout: 60_000 });
  const chart = await page.getByRole("img", { name: /^Last hour/ }).boundingBox();
  if (chart === null) throw new Error("There is no chart");
  const [left, right, middle] = [chart.x + 1, chart.x + chart.width - 1, chart.y + chart.height / 2];
  await page.mouse.move(left, middle);
  await page.mouse.down();
  await page.mouse.move(right, middle, { steps: 20 });
  await page.mouse.up();
  await expect(page.getByRole("button", { name: /^Remove the filter (After|Before)/ })).toHaveCount(2);
  await expect(dashboard.row(prompt)).toBeVisible();
  await page.getByRole("link", { name: /: show the completed jobs$/ }).click();
  await expect(page).toHaveURL(/\?status=COMPLETED$/);
});

test("the list begins with the oldest, with what is new at its end, and finds hallucinated responses", async ({
  page,
}) => {
  const dashboard = new Dashboard(page);
  const [older, newer, last] = [uniquePrompt("Older"), uniquePrompt("Newer"), uniquePrompt("Last")];
  const since = new Date(Date.now() - 60_000).toISOString();
  await dashboard.open("polling", `/?createdAfter=${since}`);
  for (const prompt of [older, newer]) {
    await dashboard.submit(prompt);
    await expect(dashboard.row(prompt)).toBeVisible();
  }
  const jobId = await dashboard.row(older).getAttribute("data-job-row");
  await report(page, "/jobs/webhook/callback", { jobId, result: "Sure! Here is your JSON:" });
  await page.getByRole("button", { name: "Oldest first" }).click();
  await expect(page).toHaveURL(/order=oldest/);
  await dashboard.submit(last);
  await expect(dashboard.row(last)).toBeVisible();
  const rows = await page.locator("[data-job-row]").allTextContents();
  const place = (prompt: string) => rows.findIndex((text) => text.includes(prompt));
  expect(place(older)).toBeLessThan(place(newer));
  expect(place(newer)).toBeLessThan(place(last));
  await page.getByRole("combobox", { name: "Search jobs" }).fill("result:malformed");
  await page.keyboard.press("Enter");
  await expect(dashboard.row(newer)).toBeHidden();
  await expect(dashboard.row(older)).toBeVisible();
  expect(await violationsOf(page)).toEqual([]);
});
