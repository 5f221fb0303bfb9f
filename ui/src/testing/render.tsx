import { render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { App } from "@/app/app";
import { newQueryClient } from "@/app/query-client";

/** The whole app at an address, against the API of server.ts. */
export function open(address = "/") {
  window.history.replaceState(null, "", address);
  const client = newQueryClient();
  render(<App client={client} />);
  return { client, user: userEvent.setup() };
}
