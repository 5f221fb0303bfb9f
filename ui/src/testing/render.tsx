import { render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { Session } from "@/api/session";
import { App } from "@/app/app";
import { newQueryClient } from "@/app/query-client";
import { OPEN_ACCESS } from "./server";

/** The whole app at an address, against the API of server.ts. */
export function open(address = "/") {
  return openAsking(address, OPEN_ACCESS);
}

/** The same, which asks the API first who is signed in. */
export function openAsking(address = "/", session?: Session) {
  window.history.replaceState(null, "", address);
  const client = newQueryClient();
  client.setQueryData(["session"], session);
  render(<App client={client} />);
  return { client, user: userEvent.setup() };
}
