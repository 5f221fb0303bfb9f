import "@stomp/stompjs"; // loaded late by the feed: here already, so that no test waits for it
import { screen, waitFor } from "@testing-library/react";
import { ws } from "msw";
import { expect, it, vi } from "vitest";
import { completed, pendingJob, running } from "@/testing/jobs";
import { open } from "@/testing/render";
import { goAway, serveJobs, server } from "@/testing/server";
import { RECONNECT } from "./job-feed";
import { setLivePreference } from "./live-preference";

type Peer = { send: (data: string) => void; close: () => void };

const feed = ws.link("ws://localhost:3000/ws");

/** A broker with one topic; answers how to publish to everybody who subscribed. */
function broker() {
  const peers = new Set<Peer>();
  server.use(
    feed.addEventListener("connection", ({ client }) => {
      client.addEventListener("message", ({ data }) => {
        const frame = String(data);
        if (frame.startsWith("CONNECT")) client.send("CONNECTED\nversion:1.2\nheart-beat:0,0\n\n\0");
        if (frame.startsWith("SUBSCRIBE")) peers.add(client);
      });
      client.addEventListener("close", () => peers.delete(client));
    }),
  );
  const publish = (body: unknown) => {
    for (const peer of peers)
      peer.send(`MESSAGE\nsubscription:sub-0\nmessage-id:1\ndestination:/topic/jobs\n\n${JSON.stringify(body)}\0`);
  };
  return { publish, peers };
}

const indicator = (text: string) => screen.findByRole("button", { name: `Updates: ${text}` });

it("shows what is pushed, newest wins, and takes out what is deleted", async () => {
  const job = pendingJob({ prompt: "Pushed" });
  serveJobs(job);
  const { publish } = broker();
  setLivePreference(true);
  open();
  await indicator("Live");
  await screen.findByRole("link", { name: /Pending.*Pushed/ });
  publish({ jobs: [completed(job)], deleted: [] });
  expect(await screen.findByRole("link", { name: /Completed.*Pushed/ })).toBeVisible();
  publish({ jobs: [running(job)], deleted: [] });
  publish({ jobs: [pendingJob({ prompt: "Newcomer" })], deleted: [] });
  expect(await screen.findByRole("link", { name: /Newcomer/ })).toBeVisible();
  expect(screen.getByRole("link", { name: /Completed.*Pushed/ })).toBeVisible();
});

it("falls back to polling when the connection is lost, and reconnects", async () => {
  const { peers } = broker();
  setLivePreference(true);
  open();
  await indicator("Live");
  for (const peer of [...peers]) peer.close();
  await indicator("Polling");
  await indicator("Live");
});

it("can be switched off, for good", async () => {
  broker();
  setLivePreference(true);
  const { user } = open();
  await user.click(await indicator("Live"));
  await user.click(await screen.findByRole("menuitemcheckbox", { name: /Instant updates/ }));
  await user.keyboard("{Escape}");
  await indicator("Polling");
  expect(localStorage.getItem("live-updates")).toBe("off");
});

/** From now on, the connection is opened at once or not at all. */
function neverReconnectByDelay() {
  const { setTimeout } = globalThis;
  vi.spyOn(globalThis, "setTimeout").mockImplementation(((callback: () => void, delay?: number) =>
    setTimeout(delay === RECONNECT ? () => {} : callback, delay)) as typeof setTimeout);
}

it("is connected again as soon as the backend answers again", async () => {
  broker();
  setLivePreference(true);
  open();
  await indicator("Live");
  goAway();
  await indicator("Offline");
  neverReconnectByDelay();
  let attempts = 0;
  server.resetHandlers();
  serveJobs();
  broker();
  server.use(
    feed.addEventListener("connection", () => {
      attempts++;
    }),
  );
  await waitFor(() => expect(screen.queryByText("Backend unreachable")).not.toBeInTheDocument());
  await waitFor(() => expect(attempts).toBe(1));
  await indicator("Live");
});
