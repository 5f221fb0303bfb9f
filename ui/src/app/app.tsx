import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { BrowserRouter } from "react-router";
import { SessionGate } from "@/access/session-gate";
import { basePath } from "@/api/base";
import { Dashboard } from "./dashboard";

export function App({ client }: { client: QueryClient }) {
  return (
    <QueryClientProvider client={client}>
      <BrowserRouter basename={basePath}>
        <SessionGate>
          <Dashboard />
        </SessionGate>
      </BrowserRouter>
    </QueryClientProvider>
  );
}
