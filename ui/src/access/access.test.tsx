import { screen, waitFor, within } from "@testing-library/react";
import axe from "axe-core";
import { HttpResponse, http } from "msw";
import { afterEach, expect, it } from "vitest";
import type { Role } from "@/api/session";
import { pendingJob } from "@/testing/jobs";
import { openAsking as open } from "@/testing/render";
import { problem, serveJobs, server } from "@/testing/server";

const KEY = "jp_TestsHaveThisKeyNobodyElseHas04EHrO2";
const ALL: readonly Role[] = ["viewer", "submitter", "operator", "admin"];

type Served = { roles: readonly Role[]; issuer?: string };

/** An API that asks for a credential; returns who is signed in, which a test may change. */
function requireAccess(served: Served) {
  const session = { ...served };
  server.use(
    http.get("/session", () =>
      HttpResponse.json({
        access: "required",
        ...session,
        ...(session.roles.length > 0 && { name: "7c9e6679", displayName: "Ada Admin" }),
      }),
    ),
    http.post("/session", async ({ request }) => {
      const { key } = (await request.json()) as { key: string };
      if (key !== KEY) return problem(401, "The key is not valid.");
      session.roles = ALL;
      return new HttpResponse(null, { status: 204 });
    }),
    http.delete("/session", ({ request }) => {
      if (request.headers.get("x-xsrf-token") !== "of-the-page") return problem(403, "Forged");
      session.roles = [];
      return HttpResponse.json({ location: "/" });
    }),
  );
  return session;
}

/* jsdom has no Cookie Store. */
const setCookie = (cookie: string) => {
  // biome-ignore lint/suspicious/noDocumentCookie: see above
  document.cookie = cookie;
};

afterEach(() => setCookie("xsrf-token=; max-age=0"));

it("asks whoever is not signed in for a key, and then shows the page that was asked for", async () => {
  const job = pendingJob({ prompt: "Behind the door" });
  serveJobs(job);
  requireAccess({ roles: [] });
  const { user } = open(`/?job=${job.id}`);
  const field = await screen.findByLabelText("API key");
  expect(screen.queryByRole("link", { name: /Sign in with/ })).not.toBeInTheDocument();
  await user.type(field, "jp_guess{Enter}");
  expect(await screen.findByText("This key is not valid, or has expired.")).toBeVisible();
  await user.clear(field);
  await user.type(field, `${KEY}{Enter}`);
  expect(await screen.findByRole("heading", { name: "Timeline" })).toBeVisible();
  expect(window.location.search).toBe(`?job=${job.id}`);
});

it("offers the issuer, and says why it signed somebody in nowhere", async () => {
  requireAccess({ roles: [], issuer: "Example ID" });
  const { user } = open("/?sign-in=no-role");
  const link = await screen.findByRole("link", { name: "Sign in with Example ID" });
  expect(link).toHaveAttribute("href", expect.stringMatching(/\/session\/oidc$/));
  expect(screen.getByText(/have no role here/)).toBeVisible();
  expect((await axe.run(document.body, { rules: { "color-contrast": { enabled: false } } })).violations).toEqual([]);
  await user.type(screen.getByLabelText("API key"), `${KEY}{Enter}`);
  await screen.findByRole("form", { name: "New job" });
  expect(window.location.search).toBe("");
});

it("comes back from the issuer to what the page showed", async () => {
  sessionStorage.setItem("return-to", "?status=FAILED");
  requireAccess({ roles: ALL });
  open();
  await waitFor(() => expect(window.location.search).toBe("?status=FAILED"));
  expect(sessionStorage.getItem("return-to")).toBeNull();
});

it("asks for a key again once the session has ended, and keeps the address", async () => {
  const session = requireAccess({ roles: ALL });
  open("/?status=FAILED");
  await screen.findByRole("form", { name: "New job" });
  session.roles = [];
  server.use(
    http.get("/jobs", () => problem(401, "This call needs a credential.")),
    http.get("/jobs/stats", () => problem(401, "This call needs a credential.")),
  );
  expect(await screen.findByLabelText("API key")).toBeVisible();
  expect(window.location.search).toBe("?status=FAILED");
});

it("says who is signed in, and signs out by a call that no other site can make", async () => {
  requireAccess({ roles: ALL });
  const { user } = open();
  await user.click(await screen.findByRole("button", { name: "Signed in as Ada Admin" }));
  expect(await screen.findByText("Administrator")).toBeVisible();
  setCookie("xsrf-token=of-the-page");
  await user.click(screen.getByRole("menuitem", { name: "Sign out" }));
  expect(await screen.findByLabelText("API key")).toBeVisible();
});

it("says so where access is open, and shows nobody as signed in", async () => {
  open();
  expect(await screen.findByText(/Access is open/)).toBeVisible();
  expect(screen.queryByRole("button", { name: /Signed in as/ })).not.toBeInTheDocument();
});

it("offers viewers no way to change anything, and says what that would need", async () => {
  const job = pendingJob();
  serveJobs(job);
  requireAccess({ roles: ["viewer"] });
  const { user } = open(`/?job=${job.id}`);
  expect(await screen.findByText(/you need the role submitter/)).toBeVisible();
  expect(screen.queryByText(/Access is open/)).not.toBeInTheDocument();
  const cancel = await screen.findByRole("button", { name: /Cancel/ });
  expect(cancel).toBeDisabled();
  expect(cancel).toHaveAttribute("title", expect.stringContaining("Needs the role operator"));
  await user.keyboard("c");
  expect(screen.queryByRole("alertdialog")).not.toBeInTheDocument();
});

it("lets submitters who see all jobs change their own alone", async () => {
  const mine = pendingJob({ submittedBy: "7c9e6679" });
  const other = pendingJob({ submittedBy: "key:ci" });
  serveJobs(mine, other);
  requireAccess({ roles: ["viewer", "submitter"] });
  const { user } = open(`/?job=${other.id}`);
  expect(await screen.findByText("key:ci")).toBeVisible();
  expect(await screen.findByRole("button", { name: /Cancel/ })).toBeDisabled();
  await user.keyboard("c");
  expect(screen.queryByRole("alertdialog")).not.toBeInTheDocument();
  await user.keyboard("{Escape}");
  for (const { prompt } of [mine, other]) await user.click(screen.getByRole("checkbox", { name: new RegExp(prompt) }));
  expect(screen.getByRole("button", { name: "Cancel 1" })).toBeEnabled();
});

it("lets submitters pause no queue, and asks for no statistics that they may not see", async () => {
  requireAccess({ roles: ["submitter"] });
  server.use(http.get("/jobs/stats", () => problem(403, "The credential does not allow this call.")));
  open("/?view=queues");
  const pause = await screen.findByRole("button", { name: "Pause default" });
  expect(pause).toBeDisabled();
  expect(screen.queryByText(/does not allow/)).not.toBeInTheDocument();
});

it("shows API keys to administrators alone", async () => {
  requireAccess({ roles: ["operator", "viewer", "submitter"] });
  open("/?panel=keys");
  await screen.findByRole("form", { name: "New job" });
  expect(screen.queryByRole("dialog")).not.toBeInTheDocument();
});

it("shows a new key once, and revokes one after a question", async () => {
  const keys = [
    { id: "1", name: "nightly", roles: ["submitter"], start: "jp_AbCd", createdAt: "2026-11-24T12:00:00Z" },
  ];
  requireAccess({ roles: ALL });
  let revoked = "";
  server.use(
    http.get("/api-keys", () => HttpResponse.json(keys)),
    http.post("/api-keys", async ({ request }) => {
      const wanted = (await request.json()) as { name: string; roles: string[]; expiresAt?: string };
      expect(wanted.expiresAt).toBeDefined();
      const key = { ...wanted, id: "2", start: "jp_EfGh", createdAt: "2026-11-27T12:00:00Z" };
      keys.unshift(key);
      return HttpResponse.json({ ...key, key: KEY }, { status: 201 });
    }),
    http.delete("/api-keys/:id", ({ params }) => {
      revoked = String(params.id);
      return new HttpResponse(null, { status: 204 });
    }),
  );
  const { user } = open("/?panel=keys");
  const dialog = within(await screen.findByRole("dialog", { name: "API keys" }));
  await user.type(dialog.getByLabelText("Name of its user"), "ci");
  await user.selectOptions(dialog.getByLabelText("Role"), "viewer");
  await user.click(dialog.getByRole("button", { name: "Create key" }));
  expect(await dialog.findByText(KEY)).toBeVisible();
  expect(dialog.getByRole("button", { name: "Copy the key" })).toBeVisible();
  expect((await axe.run(document.body, { rules: { "color-contrast": { enabled: false } } })).violations).toEqual([]);
  await user.click(dialog.getByRole("button", { name: "Done" }));
  expect(screen.queryByText(KEY)).not.toBeInTheDocument();
  await user.click(await dialog.findByRole("button", { name: "Revoke nightly jp_AbCd" }));
  await user.click(await screen.findByRole("button", { name: "Revoke" }));
  await waitFor(() => expect(revoked).toBe("1"));
});
