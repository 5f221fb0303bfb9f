import type { Server } from "node:http";
import { type WebSocket, WebSocketServer } from "ws";
import type { MockStore } from "./store.ts";

const FRAME_INTERVAL = 100;

/** Just enough STOMP 1.2 for one topic. */
export function serveStomp(server: Pick<Server, "on">, store: MockStore, isDown: () => boolean) {
  const sockets = new WebSocketServer({ noServer: true, handleProtocols: () => "v12.stomp" });
  const subscriptions = new Map<WebSocket, string>();
  server.on("upgrade", (request, socket, head) => {
    if (request.url !== "/ws") return;
    if (isDown()) socket.destroy();
    else sockets.handleUpgrade(request, socket, head, (client) => converse(client, subscriptions));
  });
  setInterval(() => {
    const { jobs, deleted } = store.takeChanges();
    if (isDown()) for (const client of sockets.clients) client.terminate();
    if (jobs.length === 0 && deleted.length === 0) return;
    const body = JSON.stringify({ jobs: jobs.map(({ history: _, ...job }) => job), deleted });
    for (const [client, id] of subscriptions)
      client.send(`MESSAGE\nsubscription:${id}\nmessage-id:${Date.now()}\ndestination:/topic/jobs\n\n${body}\0`);
  }, FRAME_INTERVAL).unref();
}

function converse(client: WebSocket, subscriptions: Map<WebSocket, string>) {
  client.on("message", (data) => {
    const text = String(data);
    if (text.startsWith("CONNECT") || text.startsWith("STOMP"))
      client.send("CONNECTED\nversion:1.2\nheart-beat:0,0\n\n\0");
    if (text.startsWith("SUBSCRIBE")) subscriptions.set(client, /\nid:(.*)/.exec(text)?.[1] ?? "0");
  });
  client.on("close", () => subscriptions.delete(client));
}
