import { fileURLToPath } from "node:url";
import tailwind from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { mockCluster } from "./mock/plugin.ts";

const api = process.env.API_URL ?? "http://localhost:3000";

/* A browser that asks for a page gets the app: only calls of the API are handed on. */
const proxy = {
  "/jobs": { target: api },
  "/queues": { target: api },
  "/workers": { target: api },
  "/session": { target: api },
  "/api-keys": { target: api },
  "/audit": { target: api },
  "/deliveries": { target: api },
  "/bulk": { target: api },
  "/failures": { target: api },
  "/dead-letters": { target: api },
  "/system": { target: api },
  "/webhook-secrets": { target: api },
  "/health": { target: api },
  "/ws": { target: api, ws: true },
};

export default defineConfig(({ mode }) => ({
  base: "./", // wherever a proxy puts it
  plugins: [react(), tailwind(), ...(mode === "mock" ? [mockCluster()] : [])],
  resolve: {
    alias: {
      "@": fileURLToPath(new URL("./src", import.meta.url)),
      "react-style-singleton": fileURLToPath(new URL("./src/components/style-singleton.ts", import.meta.url)),
    },
  },
  server: mode === "mock" ? {} : { proxy },
  preview: mode === "mock" ? {} : { proxy },
  build: { manifest: true, target: "es2022", assetsInlineLimit: 0 },
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.{ts,tsx}", "mock/**/*.test.ts"],
    setupFiles: ["src/testing/setup.ts"],
    restoreMocks: true,
    testTimeout: 60_000,
    env: { DEBUG_PRINT_LIMIT: "0" },
  },
}));
