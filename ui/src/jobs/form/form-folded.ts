import { rememberedChoice } from "@/components/remembered-choice";

/** Whether this browser wants the form out of the way. */
export const { choose: foldForm, useChoice: useFormFolded } = rememberedChoice("form-folded", false);

let wanted = false;

/** Unfolds the form and puts the cursor into it: now, or as soon as it shows. */
export function openForm() {
  wanted = true;
  foldForm(false);
  setTimeout(focusWanted); // once the drawer has let go of the focus
}

/** Puts the cursor into the form where that was asked for and could not be done yet. */
export function focusWanted() {
  const prompt = document.querySelector<HTMLTextAreaElement>("form textarea[data-prompt]");
  if (!wanted || prompt === null || prompt.closest("[hidden]")) return;
  prompt.scrollIntoView({ block: "nearest" });
  prompt.focus();
  wanted = document.activeElement !== prompt;
}
