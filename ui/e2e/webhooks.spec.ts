import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, type Page, test } from "@playwright/test";
import { Webhook } from "standardwebhooks";
import { violationsOf } from "./axe";
import { Dashboard, uniquePrompt } from "./dashboard";

/** As many as may sign at once, for a day; these tests make three. */
const MOST_SECRETS = 5;

test.beforeEach(async ({ request }) => {
  const secrets = await (await request.get("/webhook-secrets")).json();
  test.skip(secrets.length > MOST_SECRETS - 2, "This cluster has nearly as many secrets as it may");
});

const secretsPanel = (page: Page) => page.getByRole("dialog", { name: "Webhooks" });
const newSecret = (page: Page) => secretsPanel(page).getByText(/^whsec_\S+$/);

/** Makes one in the open panel, by rotation where there is one; returns what is shown once. */
async function createSecret(page: Page): Promise<string> {
  const panel = secretsPanel(page);
  await panel.getByText(/^(There is none yet|Signs deliveries)/).waitFor();
  const first = panel.getByRole("button", { name: "Create a secret" });
  if (await first.isVisible()) await first.click();
  else {
    await panel.getByRole("button", { name: "Rotate" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Rotate" }).click();
  }
  const secret = (await newSecret(page).textContent()) ?? "";
  await expect(violationsOf(page)).resolves.toEqual([]);
  await panel.getByRole("button", { name: "Done" }).click();
  await expect(newSecret(page)).toBeHidden();
  return secret;
}

test("a secret is shown once, signs for a while beside the one that replaces it, and can be deleted", async ({
  page,
}) => {
  await page.goto("/?panel=webhooks");
  const first = await createSecret(page);
  await page.reload();
  await expect(secretsPanel(page).getByText("Signs deliveries")).toBeVisible();
  await expect(newSecret(page)).toBeHidden();
  const second = await createSecret(page);
  expect(second).not.toBe(first);
  await expect(secretsPanel(page).getByText("Signs deliveries")).toHaveCount(1);
  await expect(
    secretsPanel(page)
      .getByText(/^Signs until/)
      .first(),
  ).toBeVisible();
  const deleteButtons = secretsPanel(page).getByRole("button", { name: /^Delete the secret of/ });
  const secrets = await deleteButtons.count();
  await deleteButtons.nth(1).click();
  await expect(violationsOf(page)).resolves.toEqual([]);
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click();
  await expect(secretsPanel(page).getByText(/The secret is deleted/)).toBeVisible();
  await expect(deleteButtons).toHaveCount(secrets === 2 ? 0 : secrets - 1);
});

test.describe("with a receiver", () => {
  const received: { headers: IncomingHttpHeaders; body: string }[] = [];
  let receiver: Server;
  let url: string;

  test.beforeEach(async () => {
    received.length = 0;
    receiver = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      response.end("thank you");
    });
    await new Promise<void>((listening) => receiver.listen(0, "127.0.0.1", listening));
    url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
  });

  test.afterEach(() => receiver.close());

  test("the end of a job is delivered, signed by the secret that was shown, and again when that is asked for", async ({
    page,
  }) => {
    const dashboard = new Dashboard(page);
    await dashboard.open("polling");
    await dashboard.form.getByText("Options").click();
    await dashboard.form.getByRole("button", { name: "Signing secrets" }).click();
    const secret = await createSecret(page);
    await page.keyboard.press("Escape");
    const field = dashboard.form.getByLabel("Webhook URL");
    const prompt = uniquePrompt("Notify me");
    await dashboard.prompt.fill(prompt);
    await field.fill("ftp://example.com");
    await expect(dashboard.submitButton).toBeDisabled();
    await field.fill(url);
    await dashboard.submitButton.click();
    await dashboard.row(prompt).click();
    const drawer = page.getByRole("dialog");
    await expect(drawer.getByText("None yet.")).toBeVisible();
    await expect(drawer.getByText(/Delivered job\.completed · answered 200 · 1 attempt/)).toBeVisible({
      timeout: 60_000,
    });
    await drawer.getByText("Answer", { exact: true }).click();
    await expect(drawer.getByText("thank you")).toBeVisible();
    await drawer.getByRole("button", { name: "Redeliver job.completed" }).click();
    await expect.poll(() => received.length).toBe(2);
    await expect(drawer.getByText(/Delivered job\.completed · answered 200 · 1 attempt/)).toBeVisible();
    expect(received[1]?.headers["webhook-id"]).toBe(received[0]?.headers["webhook-id"]);
    for (const { headers, body } of received) {
      const event = new Webhook(secret).verify(body, headers as Record<string, string>) as { data: { id: string } };
      expect(page.url()).toContain(event.data.id);
    }
  });
});
