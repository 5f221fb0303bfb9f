import { screen, within } from "@testing-library/react";
import axe from "axe-core";
import { HttpResponse, http } from "msw";
import { expect, it } from "vitest";
import { open } from "@/testing/render";
import { server } from "@/testing/server";

it("shows which part needs somebody, and the settings in force", async () => {
  server.use(
    http.get("/system", () =>
      HttpResponse.json({
        version: "0.1.0",
        java: "25.0.3",
        instance: "api-1",
        time: "2026-11-24T12:00:00Z",
        checks: [
          { name: "database", ok: true, detail: "version 8.0.4" },
          { name: "broker", ok: false, detail: "does not answer" },
        ],
        settings: { "jobs.deadline": "15m", "webhook.secret": "(set, not shown)" },
      }),
    ),
  );
  open("/?view=health");
  const checks = within(await screen.findByRole("list", { name: "Checks" }));
  expect(checks.getAllByRole("listitem").map(({ textContent }) => textContent)).toEqual([
    "databaseWorksversion 8.0.4",
    "brokerNeeds youdoes not answer",
  ]);
  expect(screen.getByText("15m")).toBeVisible();
  expect(screen.getByText("(set, not shown)")).toBeVisible();
  expect(screen.getByRole("link", { name: "Download" })).toHaveAttribute("download", "system.json");
  expect((await axe.run(document.body, { rules: { "color-contrast": { enabled: false } } })).violations).toEqual([]);
});
