import { expect, test } from "@playwright/test";
import { Dashboard, local, uniquePrompt } from "./dashboard";

test("a job is scheduled, listed with what is scheduled, and starts when it is due", async ({ page }) => {
  const dashboard = new Dashboard(page);
  await dashboard.open("live");
  const [soon, later] = [uniquePrompt("Soon"), uniquePrompt("Later")];
  await dashboard.form.getByText("Options").click();
  await dashboard.prompt.fill(later);
  await dashboard.form.getByLabel("Starts").fill(local(3600));
  await dashboard.form.getByLabel("Expires").fill(local(3600));
  await expect(page.getByText("The expiry must be after the start.")).toBeVisible();
  await expect(dashboard.submitButton).toBeDisabled();
  await dashboard.form.getByLabel("Expires").fill(local(7200));
  await dashboard.submitButton.click();
  await expect(dashboard.row(later).getByText("Scheduled").first()).toBeVisible();

  await dashboard.prompt.fill(soon);
  await dashboard.form.getByLabel("Starts").fill(local(8));
  await dashboard.submitButton.click();
  await expect(dashboard.row(soon).getByText(/Starts at/)).toBeVisible();
  await expect(dashboard.rowIn(soon, "COMPLETED")).toBeVisible({ timeout: 30_000 });

  await page.getByRole("navigation", { name: "Status" }).getByRole("link", { name: "Scheduled" }).click();
  await expect(dashboard.row(soon)).toBeHidden();
  await dashboard.row(later).click();
  const drawer = page.getByRole("dialog");
  await expect(drawer.getByText(/^Starts at/)).toBeVisible();
  await expect(drawer.getByText("Expires at")).toBeVisible();
  await drawer.getByRole("button", { name: /Cancel/ }).click();
  await page.getByRole("button", { name: "Cancel this job" }).click();
  await expect(dashboard.row(later)).toBeHidden();
});
