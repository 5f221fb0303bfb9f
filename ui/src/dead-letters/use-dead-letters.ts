import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { changeDeadLetter, type DeadLetter, type LetterAction, listDeadLetters } from "@/api/dead-letters";
import { toast } from "@/components/toast";
import { usePoll } from "@/jobs/use-poll";

const KEY = ["dead-letters"] as const;

/** The messages that no worker could handle, polled. */
export function useDeadLetters() {
  const { data, error, refetch } = useQuery({ queryKey: KEY, queryFn: ({ signal }) => listDeadLetters(signal) });
  usePoll(refetch);
  return { letters: data, error };
}

export type LetterChange = { letter: DeadLetter; action: LetterAction };

/** Requeues and discards; what is done goes at once. */
export function useChangeLetter() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ letter, action }: LetterChange) => changeDeadLetter(letter.id, action),
    onSuccess: async (_, { letter, action }) => {
      await client.cancelQueries({ queryKey: KEY }); // a poll in flight may be older
      client.setQueryData<readonly DeadLetter[]>(KEY, (letters) => letters?.filter(({ id }) => id !== letter.id));
      void client.invalidateQueries({ queryKey: ["system"] }); // counts them
      toast(action === "requeue" ? "The job is worked again." : "The dead letter is discarded.");
    },
  });
}
