package dev.jobprocessor.api.jobs;

import java.util.List;

/** Jobs without options. */
public final class NewJobs {

    private NewJobs() {
    }

    public static List<NewJob> of(String... prompts) {
        return of(List.of(prompts));
    }

    public static List<NewJob> of(List<String> prompts) {
        return prompts.stream().map((prompt) -> new NewJob(prompt, null)).toList();
    }

}
