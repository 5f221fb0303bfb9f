import { QueryClient } from "@tanstack/react-query";

/* The next poll is the retry, and a backend on this machine answers without a network. */
export const newQueryClient = () =>
  new QueryClient({
    defaultOptions: {
      queries: { retry: false, networkMode: "always", refetchOnWindowFocus: "always", refetchOnReconnect: "always" },
      mutations: { networkMode: "always" },
    },
  });
