import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import axe from "axe-core";
import { HttpResponse, http } from "msw";
import { expect, it } from "vitest";
import { open, openAsking } from "@/testing/render";
import { OPEN_ACCESS, problem, server } from "@/testing/server";

const TEXT = "whsec_b25seUZvclRlc3Rz";

/** An API that makes secrets, the newest first. */
function serveSecrets(...createdAt: string[]) {
  const secrets = createdAt.map((time, index) => ({ id: `s${index}`, createdAt: time }));
  server.use(
    http.get("/webhook-secrets", () =>
      HttpResponse.json(
        secrets.map((secret, index) => (index ? { ...secret, validUntil: "2099-01-01T09:30:00Z" } : secret)),
      ),
    ),
    http.post("/webhook-secrets", () => {
      const secret = { id: `s${secrets.length}`, createdAt: new Date().toISOString() };
      secrets.unshift(secret);
      return HttpResponse.json({ ...secret, secret: TEXT }, { status: 201 });
    }),
    http.delete("/webhook-secrets/:id", ({ params }) => {
      secrets.splice(
        secrets.findIndex(({ id }) => id === params.id),
        1,
      );
      return new HttpResponse(null, { status: 204 });
    }),
  );
}

const panel = () => screen.findByRole("dialog", { name: "Webhooks" });

it("creates the first secret, and shows it once", async () => {
  serveSecrets();
  const { user } = open("/?panel=webhooks");
  expect(await screen.findByText(/There is none yet/)).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Create a secret" }));
  expect(await screen.findByText(TEXT)).toBeVisible();
  expect((await axe.run(await panel(), { rules: { "color-contrast": { enabled: false } } })).violations).toEqual([]);
  await user.click(screen.getByRole("button", { name: "Done" }));
  expect(screen.queryByText(TEXT)).not.toBeInTheDocument();
  expect(await screen.findByText("Signs deliveries")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Close" }));
  expect(window.location.search).toBe("");
});

it("rotates only when that is confirmed, and says until when the older secret signs", async () => {
  serveSecrets("2026-11-24T09:30:00Z");
  const { user } = open("/?panel=webhooks");
  await user.click(await screen.findByRole("button", { name: "Rotate" }));
  await user.click(screen.getByRole("button", { name: "Keep the one there is" }));
  expect(screen.queryByText(TEXT)).not.toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Rotate" }));
  await user.click(within(screen.getByRole("alertdialog")).getByRole("button", { name: "Rotate" }));
  expect(await screen.findByText(TEXT)).toBeVisible();
  expect(await screen.findByText(/Signs until/)).toBeVisible();
});

it("deletes a secret once that is confirmed, and never the only one", async () => {
  serveSecrets("2026-11-25T09:30:00Z", "2026-11-24T09:30:00Z");
  const { user } = open("/?panel=webhooks");
  const older = () => screen.findByRole("button", { name: /^Delete the secret of .*24/ });
  await user.click(await older());
  expect((await axe.run(screen.getByRole("alertdialog"))).violations).toEqual([]);
  await user.click(screen.getByRole("button", { name: "Keep it" }));
  await user.click(await older());
  await user.click(within(screen.getByRole("alertdialog")).getByRole("button", { name: "Delete" }));
  expect(await screen.findByText(/The secret is deleted/)).toBeVisible();
  await waitFor(() => expect(screen.queryByText(/Signs until/)).not.toBeInTheDocument());
  expect(screen.queryByRole("button", { name: /^Delete/ })).not.toBeInTheDocument();
});

it("says why a secret is not deleted", async () => {
  serveSecrets("2026-11-25T09:30:00Z", "2026-11-24T09:30:00Z");
  server.use(http.delete("/webhook-secrets/:id", () => problem(409, "No other secret signs your deliveries.")));
  const { user } = open("/?panel=webhooks");
  await user.click(await screen.findByRole("button", { name: /^Delete the secret of .*25/ }));
  await user.click(within(screen.getByRole("alertdialog")).getByRole("button", { name: "Delete" }));
  expect(await screen.findByText("No other secret signs your deliveries.")).toBeVisible();
});

it("says why there is no further secret", async () => {
  serveSecrets("2026-11-24T09:30:00Z");
  server.use(http.post("/webhook-secrets", () => problem(409, "Five secrets sign already.")));
  const { user } = open("/?panel=webhooks");
  await user.click(await screen.findByRole("button", { name: "Rotate" }));
  await user.click(within(screen.getByRole("alertdialog")).getByRole("button", { name: "Rotate" }));
  expect(await screen.findByText("Five secrets sign already.")).toBeVisible();
});

it("redelivers all that failed since some time", async () => {
  serveSecrets();
  const asked: unknown[] = [];
  server.use(
    http.post("/deliveries/redeliver", async ({ request }) => {
      asked.push(await request.json());
      return HttpResponse.json({ deliveries: 1_200, more: true });
    }),
  );
  const { user } = open("/?panel=webhooks");
  await panel();
  fireEvent.change(screen.getByLabelText("Jobs that ended since"), { target: { value: "2026-11-24T09:30:00" } });
  await user.click(screen.getByRole("button", { name: "Redeliver" }));
  expect(await screen.findByText("1,200 deliveries are sent again. There may be more: redeliver again.")).toBeVisible();
  await waitFor(() => expect(asked).toEqual([{ since: new Date("2026-11-24T09:30:00").toISOString() }]));
});

it("lets submitters have secrets, but not send deliveries of others again", async () => {
  serveSecrets();
  server.use(http.get("/session", () => HttpResponse.json({ ...OPEN_ACCESS, roles: ["submitter"] })));
  openAsking("/?panel=webhooks");
  expect(await screen.findByText(/There is none yet/)).toBeVisible();
  await waitFor(() => expect(screen.queryByRole("form", { name: "Redeliver" })).not.toBeInTheDocument());
});
