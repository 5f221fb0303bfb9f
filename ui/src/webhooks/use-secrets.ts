import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { createSecret, deleteSecret, listSecrets } from "@/api/webhook-secrets";

const KEY = ["webhook-secrets"] as const;

export function useSecrets() {
  return useQuery({ queryKey: KEY, queryFn: ({ signal }) => listSecrets(signal) });
}

export function useCreateSecret() {
  const client = useQueryClient();
  return useMutation({ mutationFn: createSecret, onSuccess: () => client.invalidateQueries({ queryKey: KEY }) });
}

export function useDeleteSecret() {
  const client = useQueryClient();
  return useMutation({ mutationFn: deleteSecret, onSettled: () => client.invalidateQueries({ queryKey: KEY }) });
}
