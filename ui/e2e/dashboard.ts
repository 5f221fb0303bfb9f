import type { Locator, Page } from "@playwright/test";

/** The dashboard as a person uses it. */
export class Dashboard {
  readonly prompt: Locator;
  readonly banner: Locator;
  readonly submitButton: Locator;

  constructor(readonly page: Page) {
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

let sequence = 0;

/** A prompt no other test uses, on a cluster that may keep its jobs. */
export const uniquePrompt = (what: string) => `${what} ${Date.now().toString(36)}${sequence++}`;
