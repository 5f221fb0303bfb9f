import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { createKey, listKeys, revokeKey } from "@/api/api-keys";

const KEY = ["api-keys"] as const;

export function useKeys() {
  return useQuery({ queryKey: KEY, queryFn: ({ signal }) => listKeys(signal) });
}

function useRefetch() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: KEY });
}

export function useCreateKey() {
  return useMutation({ mutationFn: createKey, onSuccess: useRefetch() });
}

export function useRevokeKey() {
  return useMutation({ mutationFn: revokeKey, onSuccess: useRefetch() });
}
