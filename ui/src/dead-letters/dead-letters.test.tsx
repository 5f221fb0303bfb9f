import { screen, within } from "@testing-library/react";
import axe from "axe-core";
import { HttpResponse, http } from "msw";
import { expect, it } from "vitest";
import { open } from "@/testing/render";
import { problem, server } from "@/testing/server";

const LETTERS = [
  {
    id: "1",
    at: "2026-11-24T12:00:00Z",
    reason: "The message is cursed.",
    queue: "jobs.work",
    payload: '{"jobId":"6925f0a1c3b2a40f5d1e7a01"}',
    bytes: 36,
    jobId: "6925f0a1c3b2a40f5d1e7a01",
    attempt: 1,
  },
  { id: "2", at: "2026-11-24T11:00:00Z", reason: "Unreadable.", payload: "<html>", bytes: 6 },
];

function serveLetters() {
  const letters = [...LETTERS];
  const remove = (id: unknown) =>
    letters.splice(
      letters.findIndex((letter) => letter.id === id),
      1,
    );
  server.use(
    http.get("/dead-letters", () => HttpResponse.json(letters)),
    http.post("/dead-letters/:id/requeue", ({ params }) => {
      remove(params.id);
      return new HttpResponse(null, { status: 204 });
    }),
    http.delete("/dead-letters/:id", ({ params }) => {
      remove(params.id);
      return new HttpResponse(null, { status: 204 });
    }),
  );
}

const items = async () => within(await screen.findByRole("region", { name: "Dead letters" })).findAllByRole("listitem");

it("requeues the job of a dead letter, and discards one that names none", async () => {
  serveLetters();
  const { user } = open("/?view=dead-letters");
  const [first, second] = await items();
  if (!first || !second) throw new Error("there are two");
  expect(first).toHaveTextContent("36 bytes · from jobs.work · job 6925f0a1c3b2a40f5d1e7a01, attempt 1");
  expect(within(second).getByRole("button", { name: "Requeue" })).toBeDisabled();
  await user.click(within(second).getByText("Payload"));
  expect(within(second).getByText("<html>")).toBeVisible();
  expect((await axe.run(document.body, { rules: { "color-contrast": { enabled: false } } })).violations).toEqual([]);
  await user.click(within(first).getByRole("button", { name: "Requeue" }));
  await user.click(screen.getByRole("button", { name: "Requeue the job" }));
  expect(await screen.findByText("The job is worked again.")).toBeVisible();
  await user.click(within((await items())[0] ?? first).getByRole("button", { name: "Discard" }));
  await user.click(screen.getByRole("button", { name: "Discard it" }));
  expect(await screen.findByText("None: each message was handled.")).toBeVisible();
});

it("says why a job could not be worked again, and keeps the dead letter", async () => {
  serveLetters();
  server.use(http.post("/dead-letters/:id/requeue", () => problem(409, "The job is COMPLETED.")));
  const { user } = open("/?view=dead-letters");
  const [first] = await items();
  if (!first) throw new Error("there is one");
  await user.click(within(first).getByRole("button", { name: "Requeue" }));
  await user.click(screen.getByRole("button", { name: "Requeue the job" }));
  expect(await screen.findByText("The job is COMPLETED.")).toBeVisible();
  expect(await items()).toHaveLength(2);
});
