import { expect, test } from "@playwright/test";
import { Dashboard, report, uniquePrompt } from "./dashboard";

for (const updates of ["polling", "live"] as const) {
  test(`a running job shows its progress, and a deferred one when it is tried again, ${updates}`, async ({ page }) => {
    const dashboard = new Dashboard(page);
    await dashboard.open(updates);
    const prompt = uniquePrompt("How far");
    await dashboard.submit(prompt);
    const row = dashboard.row(prompt);
    await expect(row.getByText("Running").first()).toBeVisible();
    const id = await row.getAttribute("data-job-row");
    await report(page, `/jobs/${id}/progress`, { percent: 42.5, message: "Page 12 of 28" });
    await expect(row.getByRole("progressbar")).toHaveAttribute("aria-valuenow", "42");
    await expect(row.getByText("Page 12 of 28")).toBeVisible();
    await row.click();
    const drawer = page.getByRole("dialog");
    await expect(drawer.getByRole("progressbar")).toHaveAttribute("aria-valuenow", "42");
    await expect(drawer.getByText(/Reported 42 % done/)).toBeVisible();

    const deferral = { jobId: id, status: "DEFERRED", retryAfterSeconds: 600, error: "Rate limit of the model" };
    await report(page, "/jobs/webhook/callback", deferral);
    await expect(row.getByText("Deferred").first()).toBeVisible();
    await expect(row.getByText(/Retries at .*\d{1,2}:\d{2}:\d{2} [AP]M · Rate limit of the model/)).toBeVisible();
    await expect(drawer.getByText(/Retries at/)).toBeVisible();
    await expect(drawer.getByText(/Deferred, to be tried again later/)).toContainText("Rate limit of the model");
    await expect(page.getByRole("progressbar")).toHaveCount(0);
    await drawer.getByRole("button", { name: /Cancel/ }).click();
    await page.getByRole("button", { name: "Cancel this job" }).click();
    await expect(drawer.locator("[data-status=CANCELLED]")).toBeVisible();
    await expect(drawer.getByText(/Retries at/)).toBeHidden();
  });
}

test("a job is submitted with a timeout of its own, and one past the limit is not", async ({ page }) => {
  const dashboard = new Dashboard(page);
  await dashboard.open("polling");
  const prompt = uniquePrompt("Within a day");
  await dashboard.prompt.fill(prompt);
  await expect(dashboard.form.getByLabel("Timeout")).toBeHidden();
  await dashboard.form.getByText("Options").click();
  await dashboard.form.getByLabel("Timeout").fill("86401");
  await expect(page.getByText("from 1 to 86,400")).toBeVisible();
  await expect(dashboard.submitButton).toBeDisabled();
  await page.reload();
  await expect(dashboard.prompt).toHaveValue(prompt);
  await expect(dashboard.form.getByLabel("Timeout")).toHaveValue("86401");
  await dashboard.form.getByLabel("Timeout").fill("86400");
  await dashboard.submitButton.click();
  await dashboard.row(prompt).click();
  await expect(page.getByRole("dialog").getByText("24 h per attempt")).toBeVisible();
});

test("a failed attempt is tried again as the form asked for", async ({ page }) => {
  const dashboard = new Dashboard(page);
  await dashboard.open("polling");
  const prompt = uniquePrompt("Try again");
  await dashboard.prompt.fill(prompt);
  await dashboard.form.getByText("Options").click();
  await dashboard.form.getByLabel("Tries").fill("3");
  await dashboard.form.getByLabel("Retry delay").fill("600");
  await dashboard.form.getByLabel("The same delay each time").check();
  await dashboard.submitButton.click();
  const row = dashboard.row(prompt);
  await expect(row.getByText("Running").first()).toBeVisible();
  const id = await row.getAttribute("data-job-row");
  await report(page, "/jobs/webhook/callback", { jobId: id, attempt: 1, status: "FAILED", error: "Out of credit" });
  await expect(row.getByText("Retrying").first()).toBeVisible();
  await expect(row.getByText(/Retries in \d+:\d\d \(try 2 of 3\) · Out of credit/)).toBeVisible();
  await row.click();
  const drawer = page.getByRole("dialog");
  await expect(drawer.getByText("Try 2 of 3")).toBeVisible();
  await expect(drawer.getByText("up to 3, fixed delay of 10 min")).toBeVisible();
  await expect(drawer.getByText(/Failed, to be tried again/)).toContainText("Out of credit");
});
