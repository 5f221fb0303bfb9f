import type { QueryClient } from "@tanstack/react-query";
import { apiUrl } from "@/api/base";
import { jobKeys } from "@/api/job-keys";
import { applyFrame } from "./frame";

/* Always the same: the page polls every two seconds anyway, and pushes are to be back as soon as the API is. */
export const RECONNECT = 1_000;
const HEARTBEAT = 10_000;

export type JobFeed = { close: () => void };

/** Follows /topic/jobs until closed, connecting again whenever the connection is lost. */
export function openJobFeed(client: QueryClient, onConnected: (connected: boolean) => void): JobFeed {
  let closed = false;
  const report = (connected: boolean) => closed || onConnected(connected); // the next feed speaks then
  const stomp = import("@stomp/stompjs").then(({ Client }) => {
    const connection = new Client({
      brokerURL: feedUrl(),
      reconnectDelay: RECONNECT,
      heartbeatIncoming: HEARTBEAT,
      heartbeatOutgoing: HEARTBEAT,
      onConnect: () => {
        connection.subscribe("/topic/jobs", ({ body }) => applyFrame(client, body));
        report(true);
        void client.invalidateQueries({ queryKey: jobKeys.all }); // whatever changed while disconnected
      },
      onWebSocketClose: () => report(false),
    });
    return connection;
  });
  void stomp.then((connection) => closed || connection.activate()).catch(() => report(false));
  return {
    close: () => {
      closed = true;
      void stomp.then((connection) => connection.deactivate());
    },
  };
}

function feedUrl(): string {
  const url = apiUrl("/ws");
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  return url.href;
}
