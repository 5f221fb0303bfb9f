import { act, screen, waitFor } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { completed, pendingJob, withHistory } from "@/testing/jobs";
import { open } from "@/testing/render";
import { server } from "@/testing/server";

const shown: string[] = [];
const requestPermission = vi.fn<() => Promise<NotificationPermission>>();

class FakeNotification {
  static permission: NotificationPermission = "default";
  static async requestPermission() {
    FakeNotification.permission = await requestPermission();
    return FakeNotification.permission;
  }
  constructor(title: string, { body }: NotificationOptions) {
    shown.push(`${title}: ${body}`);
  }
}

beforeEach(() => {
  shown.length = 0;
  FakeNotification.permission = "default";
  requestPermission.mockReset().mockResolvedValue("granted");
  vi.stubGlobal("Notification", FakeNotification);
  vi.stubGlobal("isSecureContext", true);
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
});

afterEach(() => {
  vi.useRealTimers();
  show(true);
});

function show(visible: boolean) {
  vi.spyOn(document, "visibilityState", "get").mockReturnValue(visible ? "visible" : "hidden");
  act(() => void document.dispatchEvent(new Event("visibilitychange")));
}

/** An API that accepts jobs; each is finished by the returned function. */
function acceptJobs() {
  const finished = new Map<string, string>();
  const jobs = new Map<string, string>();
  server.use(
    http.post("/jobs", async ({ request }) => {
      const { prompt } = (await request.json()) as { prompt: string };
      const job = pendingJob({ prompt });
      jobs.set(prompt, job.id);
      return HttpResponse.json(job, { status: 201 });
    }),
    http.get("/jobs/:id", ({ params }) => {
      const id = String(params.id);
      const completedAt = finished.get(id);
      return HttpResponse.json(
        withHistory(
          completedAt ? { ...completed(pendingJob({ id, prompt: "Done" })), completedAt } : pendingJob({ id }),
        ),
      );
    }),
  );
  return (prompt: string) => finished.set(jobs.get(prompt) ?? "", new Date(Date.now() + 1_000).toISOString());
}

async function submit(user: ReturnType<typeof open>["user"], ...prompts: string[]) {
  for (const prompt of prompts) {
    await user.type(screen.getByRole("textbox", { name: "Prompt" }), prompt);
    await user.click(screen.getByRole("button", { name: /^Submit/ }));
    await waitFor(() => expect(screen.getByRole("textbox", { name: "Prompt" })).toHaveValue(""));
  }
}

const look = () => act(() => vi.advanceTimersByTimeAsync(5_000));
const optIn = async (user: ReturnType<typeof open>["user"]) => {
  await user.click(screen.getByRole("button", { name: /^Updates/ }));
  await user.click(await screen.findByRole("menuitemcheckbox", { name: /Notifications/ }));
};

it("counts in the title what was submitted here and finishes unseen, until somebody looks", async () => {
  const finish = acceptJobs();
  const { user } = open();
  await submit(user, "one", "two");
  show(false);
  await look();
  expect(document.title).toBe("Job Processor");
  finish("one");
  await look();
  await waitFor(() => expect(document.title).toBe("(1) Job Processor"));
  finish("two");
  await look();
  await waitFor(() => expect(document.title).toBe("(2) Job Processor"));
  show(true);
  await waitFor(() => expect(document.title).toBe("Job Processor"));
  expect(shown).toEqual([]);
  expect(requestPermission).not.toHaveBeenCalled();
});

it("notifies whoever opted in, and asks for the permission only then", async () => {
  const finish = acceptJobs();
  const { user } = open();
  await submit(user, "one", "two");
  expect(requestPermission).not.toHaveBeenCalled();
  await optIn(user);
  expect(await screen.findByRole("menuitemcheckbox", { name: /Notifications/, checked: true })).toBeVisible();
  show(false);
  finish("one");
  await look();
  await waitFor(() => expect(shown).toEqual(["Job completed: Done"]));
  finish("two");
  await look();
  await waitFor(() => expect(shown).toHaveLength(2));
  expect(shown[1]).toBe("2 jobs finished: Done");
  show(true);
  await user.click(screen.getByRole("menuitemcheckbox", { name: /Notifications/ }));
  expect(requestPermission).toHaveBeenCalledTimes(1);
  expect(localStorage.getItem("notify-finished")).toBe("off");
});

it("stays off, and says so, where the browser refuses", async () => {
  requestPermission.mockResolvedValue("denied");
  const { user } = open();
  await optIn(user);
  expect(await screen.findByText("The browser allows this page no notifications.")).toBeVisible();
  expect(screen.getByRole("menuitemcheckbox", { name: /Notifications/ })).not.toBeChecked();
});
