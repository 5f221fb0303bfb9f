import { createServer, request as forward, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { pipeline } from "node:stream";
import { expect, test } from "@playwright/test";
import { Dashboard, uniquePrompt } from "./dashboard";

const PREFIX = "/tools/jobs";

let proxy: Server;
let address: string;

/* A browser that leaves a page resets its connections: that ends them, and not the proxy. */
const ended = () => {};

/* What a proxy does that serves a cluster under a path. */
test.beforeAll(async ({ baseURL }) => {
  const passOn = (request: IncomingMessage) =>
    forward(new URL(String(request.url).slice(PREFIX.length), baseURL), {
      method: request.method,
      headers: { ...request.headers, "x-forwarded-prefix": PREFIX },
    });
  proxy = createServer((request, response) => {
    if (!request.url?.startsWith(`${PREFIX}/`)) return response.writeHead(404).end();
    const onward = passOn(request).on("response", (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      pipeline(answer, response, ended);
    });
    return pipeline(request, onward, ended);
  });
  proxy.on("upgrade", (request, socket) => {
    if (!request.url?.startsWith(`${PREFIX}/`)) return socket.destroy();
    const onward = passOn(request).on("upgrade", (answer, peer) => {
      const headers = answer.rawHeaders.map((part, i) => (i % 2 === 0 ? `${part}: ` : `${part}\r\n`)).join("");
      socket.write(`HTTP/1.1 101 Switching Protocols\r\n${headers}\r\n`);
      pipeline(socket, peer, socket, ended);
    });
    return onward.on("error", () => socket.destroy()).end();
  });
  await new Promise<void>((resolve) => proxy.listen(0, "localhost", resolve));
  address = `http://localhost:${(proxy.address() as AddressInfo).port}${PREFIX}/`;
});

test.afterAll(() => {
  proxy.closeAllConnections();
  proxy.close();
});

test("works under a path of a proxy: files, API and pushes", async ({ page }) => {
  const outside: string[] = [];
  page.on("request", (request) => request.url().startsWith(address) || outside.push(request.url()));
  const socket = page.waitForEvent("websocket");
  const dashboard = new Dashboard(page);
  await dashboard.open("live", address);
  const prompt = uniquePrompt("Under a path");
  await dashboard.submit(prompt);
  await expect(dashboard.row(prompt)).toBeVisible();
  expect((await socket).url()).toBe(`${address.replace("http:", "ws:")}ws`);
  await dashboard.row(prompt).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.reload();
  await expect(page.getByRole("dialog")).toBeVisible();
  expect(outside).toEqual([]);
});
