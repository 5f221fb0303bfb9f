import { expect, type Locator, type Page } from "@playwright/test";

/** The dashboard as a person uses it. */
export class Dashboard {
  readonly form: Locator;
  readonly prompt: Locator;
  readonly banner: Locator;
  readonly submitButton: Locator;

  constructor(readonly page: Page) {
    page.on("console", (message) => expect(message.text()).not.toContain("Content Security Policy"));
    this.form = page.getByRole("form", { name: "New job" });
    this.prompt = page.getByRole("textbox", { name: "Prompt" });
    this.submitButton = page.getByRole("button", { name: /^Submit/ });
    this.banner = page.getByText("Backend unreachable");
  }

  /** Opens it by polling alone or with the WebSocket, and waits for that to be so. */
  async open(updates: "live" | "polling", address = "/") {
    await this.page.addInitScript((on) => localStorage.setItem("live-updates", on), updates === "live" ? "on" : "off");
    await this.page.goto(address);
    await this.liveness(updates === "live" ? "Live" : "Polling").waitFor();
  }

  liveness(text: "Live" | "Polling" | "Offline") {
    return this.page.getByRole("button", { name: `Updates: ${text}` });
  }

  row(prompt: string) {
    return this.page.locator("[data-job-row]").filter({ hasText: prompt });
  }

  rowIn(prompt: string, status: "PENDING" | "COMPLETED" | "FAILED" | "CANCELLED") {
    return this.row(prompt).filter({ has: this.page.locator(`[data-status=${status}]`) });
  }

  async submit(prompt: string) {
    await this.prompt.fill(prompt);
    await this.submitButton.click();
  }
}

/** From now on nothing of the API is reached, until {@link reconnect}. */
export const cutOff = (page: Page) => page.route(API, (route) => route.abort());

export const reconnect = (page: Page) => page.unroute(API);

const API = /\/(jobs|queues|workers)(\/|\?|$)/;

const SECRET = { "x-webhook-secret": process.env.E2E_WEBHOOK_SECRET ?? "local-webhook-secret" };

/** Reports as a worker or a workflow does. */
export async function report(page: Page, path: string, data: object) {
  const answer = await page.request.post(path, { headers: SECRET, data });
  expect(answer.status(), await answer.text()).toBe(200);
}

/** A local date and time as the browser's field takes it. */
export const local = (secondsAhead: number) => {
  const time = new Date(Date.now() + secondsAhead * 1000);
  return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
};

let sequence = 0;

/** A prompt no other test uses, on a cluster that may keep its jobs. */
export const uniquePrompt = (what: string) => `${what} ${Date.now().toString(36)}${sequence++}`;
