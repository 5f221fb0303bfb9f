package dev.jobprocessor.api.jobs;

import java.util.List;

/** Jobs without options. */
final class NewJobs {

    private NewJobs() {
    }

    static List<NewJob> of(String... prompts) {
        return of(List.of(prompts));
    }

    static List<NewJob> of(List<String> prompts) {
        return prompts.stream().map((prompt) -> new NewJob(prompt, null)).toList();
    }

}
