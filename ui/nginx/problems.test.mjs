/* Starts the nginx of this machine with the image's configuration: what nginx itself refuses is a problem, too. */

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import net from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";

const HERE = import.meta.dirname;
const missing = spawnSync("nginx", ["-v"]).error ? "Skipped: nginx is not installed" : false;
const LARGE = "secret".repeat(6000);

let nginx;
let log = "";
let api;
let ports;
let directory;

const freePort = () =>
  new Promise((resolve) => {
    const server = net.createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

const variable = (name) => `\${${name}}`;

/** The image's files, with its paths, ports, API and time-outs replaced by the test's. */
const rendered = (file, publicCallbacks = "no") =>
  readFileSync(path.join(HERE, file), "utf8")
    .replaceAll("/tmp/", `${directory}/tmp/`)
    .replaceAll(/\/etc\/nginx\/(?!mime)/g, `${directory}/`)
    .replaceAll("/dev/stdout", "/dev/null")
    .replaceAll("/usr/share/nginx/html", directory)
    .replaceAll(variable("NGINX_LOCAL_RESOLVERS"), "127.0.0.1")
    .replaceAll(variable("PUBLIC_CALLBACKS"), publicCallbacks)
    .replaceAll(variable("API"), `http://127.0.0.1:${ports.api}`)
    .replace("listen 8080;", `listen 127.0.0.1:${ports.dashboard};`)
    .replace("listen 3000;", `listen 127.0.0.1:${ports.apiAlone};`)
    .replace("proxy_read_timeout 75s;", "proxy_read_timeout 1s;");

const render = () => {
  mkdirSync(`${directory}/tmp`);
  for (const file of readdirSync(HERE).filter((name) => name.endsWith(".conf"))) {
    writeFileSync(path.join(directory, file), rendered(file));
  }
  writeFileSync(`${directory}/tmp/servers.conf`, rendered("templates/servers.conf.template"));
};

/** Sends bytes as they are, and returns all that comes back. */
const send = (port, text) =>
  new Promise((resolve, reject) => {
    let answer = "";
    const socket = net.connect(port, "127.0.0.1", () => socket.write(text));
    socket.setEncoding("utf8").setTimeout(20_000, () => socket.destroy(new Error("no answer in time")));
    socket.on("data", (part) => {
      answer += part;
    });
    socket.on("error", (error) => (answer ? resolve(answer) : reject(error)));
    socket.on("close", () => resolve(answer));
  });

const get = (target, headers = "") =>
  `GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${headers}\r\n`;

const assertProblem = (answer, status) => {
  assert.match(answer, new RegExp(`^HTTP/1\\.1 ${status} `));
  assert.match(answer, /^content-type: application\/problem\+json\r$/im);
  assert.doesNotMatch(answer, /secret|nowhere|<html/);
  const problem = JSON.parse(answer.slice(answer.indexOf("{"), answer.lastIndexOf("}") + 1));
  assert.equal(problem.status, status);
  assert.ok(problem.error.length > 0);
  assert.equal(problem.error, problem.detail);
};

before(async () => {
  if (missing) {
    return;
  }
  directory = mkdtempSync(path.join(tmpdir(), "nginx-"));
  ports = { dashboard: await freePort(), apiAlone: await freePort(), api: await freePort() };
  render();
  nginx = spawn("nginx", ["-c", `${directory}/nginx.conf`, "-g", "daemon off;"], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  nginx.stderr.setEncoding("utf8").on("data", (lines) => {
    log += lines;
  });
  for (let i = 0; i < 200 && !(await send(ports.apiAlone, get("/")).catch(() => "")); i++) {
    await pause(50);
  }
});

after(async () => {
  if (missing) {
    return;
  }
  api?.closeAllConnections();
  api?.close();
  nginx.kill("SIGTERM");
  await new Promise((resolve) => nginx.once("exit", resolve));
  rmSync(directory, { recursive: true });
});

test("answers as problems what it refuses, whatever the path", { skip: missing }, async () => {
  for (const port of [ports.dashboard, ports.apiAlone]) {
    for (const target of ["/", "/jobs", "/nowhere"]) {
      assertProblem(await send(port, get(target, `X-Large: ${LARGE}\r\n`)), 400);
      assertProblem(await send(port, get(`${target}?q=${LARGE}`)), 414);
      assertProblem(await send(port, get(target, "Host: twice\r\n")), 400);
    }
    assertProblem(await send(port, get("/jobs/%")), 400);
    assertProblem(await send(port, get("/jobs/%00")), 400);
    assertProblem(await send(port, get("/jobs/../../nowhere")), 400);
    assertProblem(await send(port, "nonsense\r\n\r\n"), 400);
    for (const call of [
      "webhook/callback",
      "1/start",
      "1/progress",
      "1/progress?token=t",
      "webhook;a=b/callback",
      "%77ebhook/callback",
      "1;a=b/%73tart;c=d",
      "/1//progress",
    ]) {
      assertProblem(await send(port, get(`/jobs/${call}`)), 404);
    }
    assertProblem(await send(port, get("/workers;a=b//heartbeat")), 404);
    assertProblem(await send(port, get("/jobs").replace("GET", "TRACE")), 405);
    const tooLarge = get("/jobs/batch", "Content-Length: 40000000\r\n").replace("GET", "POST");
    assertProblem(await send(port, tooLarge), 413);
  }
});

test("answers as problems that the API is unavailable or late", { skip: missing }, async () => {
  const unreachable = await send(ports.dashboard, get("/jobs"));
  assertProblem(unreachable, 502);
  assert.match(unreachable, /^retry-after: 2\r$/im);
  api = createServer(() => {});
  await new Promise((resolve) => api.listen(ports.api, "127.0.0.1", resolve));
  assertProblem(await send(ports.dashboard, get("/jobs")), 504);
});

test("leaves the API's own errors as they are", { skip: missing }, async () => {
  api.removeAllListeners("request");
  api.on("request", (_, response) => response.writeHead(503, { "content-type": "text/x-own" }).end("the API's own"));
  let answer = "";
  for (let i = 0; i < 20 && !/^HTTP\/1\.1 503 /.test(answer); i++) {
    answer = await send(ports.dashboard, get("/jobs")); // late on a busy machine
  }
  assert.match(answer, /^HTTP\/1\.1 503 /);
  assert.match(answer, /the API's own/);
});

test("passes on each event of a stream as it comes, uncompressed", { skip: missing }, async () => {
  api.removeAllListeners("request");
  let stream;
  api.on("request", (_, response) => {
    stream = response;
    response.writeHead(200, { "content-type": "text/event-stream", "x-accel-buffering": "no" });
    response.write("data: first\n\n");
  });
  const client = net.connect(ports.dashboard, "127.0.0.1", () =>
    client.write(get("/jobs/1/events", "Accept-Encoding: gzip\r\n")),
  );
  let received = "";
  client.setEncoding("utf8").on("data", (part) => {
    received += part;
  });
  for (let i = 0; i < 200 && !received.includes("data: first\n\n"); i++) {
    await pause(50);
  }
  assert.match(received, /data: first\n\n/);
  assert.ok(!stream.writableEnded);
  stream.end("data: last\n\n");
  await new Promise((resolve) => client.once("close", resolve));
  assert.match(received, /data: last\n\n/);
});

test("logs no token of a callback that cannot be passed on", { skip: missing }, async () => {
  api.closeAllConnections();
  api.close();
  writeFileSync(`${directory}/tmp/servers.conf`, rendered("templates/servers.conf.template", "yes"));
  nginx.kill("SIGHUP");
  const tokens = "job=1&attempt=1&token=t0ken";
  for (const port of [ports.dashboard, ports.apiAlone]) {
    for (const call of ["webhook/callback", "1/progress", "webhook;a=b/callback", "%31/%70rogress"]) {
      let answer = "";
      for (let i = 0; i < 200 && !/^HTTP\/1\.1 502 /.test(answer); i++) {
        answer = await send(port, get(`/jobs/${call}?${tokens}`));
      }
      assertProblem(answer, 502);
    }
    assertProblem(await send(port, get("/jobs?q=logged")), 502);
  }
  for (let i = 0; i < 200 && !log.includes("logged"); i++) {
    await pause(50);
  }
  assert.match(log, /logged/);
  assert.doesNotMatch(log, /t0ken/);
});
