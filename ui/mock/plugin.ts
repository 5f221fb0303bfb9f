import type { Server } from "node:http";
import type { Connect, Plugin } from "vite";
import { answer, bodyOf, send } from "./routes.ts";
import { seed } from "./seed.ts";
import { serveStomp } from "./stomp.ts";
import { MockStore } from "./store.ts";

type Controls = {
  down?: boolean;
  broken?: boolean;
  delay?: number;
  clear?: boolean;
  seed?: number;
  churn?: number;
  work?: number;
};
type Host = { httpServer: Pick<Server, "on"> | null; middlewares: Connect.Server };

/** A cluster that exists only in the development server; `POST /__mock` breaks it on demand. */
export function mockCluster(): Plugin {
  return {
    name: "mock-cluster",
    configureServer: (server) => mount(server as Host),
    configurePreviewServer: (server) => mount(server as Host),
  };
}

function mount({ httpServer, middlewares }: Host) {
  const store = new MockStore();
  const state: Controls = { delay: 0 };
  let churning: NodeJS.Timeout | undefined;
  seed(store, 140);
  if (httpServer) serveStomp(httpServer, store, () => state.down === true);
  middlewares.use(async (request, response, next) => {
    if (request.url === "/__mock") {
      const controls = (await bodyOf(request)) as Controls;
      Object.assign(state, controls);
      if (controls.clear) store.jobs.length = 0;
      if (controls.seed) seed(store, controls.seed);
      if (controls.work) store.workSeconds = controls.work;
      if (controls.churn !== undefined) churning = churn(store, controls.churn, churning);
      store.version++;
      return send(response, { status: 200, body: state });
    }
    if (
      !/^\/(jobs|queues|workers|dead-letters|system|session|bulk|webhook-secrets|health)(\/|\?|$)/.test(
        request.url ?? "",
      )
    )
      return next();
    if (state.delay) await new Promise((resolve) => setTimeout(resolve, state.delay));
    if (state.down) return send(response, { status: 503, body: { error: "unavailable" } });
    if (state.broken)
      return send(response, { status: 500, body: { error: "The page could not be read: cursor of another version" } });
    const found = await answer(store, request);
    return found ? send(response, found) : next();
  });
}

/** That many changes a second: half of them new jobs, half of them jobs that end. */
function churn(store: MockStore, perSecond: number, running: NodeJS.Timeout | undefined) {
  clearInterval(running);
  if (perSecond === 0) return undefined;
  let turn = 0;
  return setInterval(() => {
    const job = turn++ % 2 === 0 ? undefined : store.jobs.find(({ status }) => status === "PENDING");
    if (job) store.end(job, { status: "COMPLETED", result: '{"success":true}' });
    else store.start(store.create(`Churn job ${turn}`));
  }, 1000 / perSecond);
}
