import { rememberedChoice } from "@/components/remembered-choice";

/** Whether this browser wants changes pushed besides the poll. */
export const { choose: setLivePreference, useChoice: useLivePreference } = rememberedChoice("live-updates", true);
