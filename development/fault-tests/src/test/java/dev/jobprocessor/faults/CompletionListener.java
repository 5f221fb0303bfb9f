package dev.jobprocessor.faults;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import dev.jobprocessor.client.StompClient;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A dashboard that remembers which jobs were pushed to it as COMPLETED. */
final class CompletionListener implements AutoCloseable {

    private static final Pattern COMPLETED = Pattern
        .compile("\"id\":\"(\\w+)\",\"prompt\":\"[^\"]*\",\"status\":\"COMPLETED\"");

    /** Every dashboard gets the same bodies: each is read once for all of them. */
    private static final Map<String, List<String>> READ = new ConcurrentHashMap<>();

    private final Set<String> completed = ConcurrentHashMap.newKeySet();

    private final StompClient client;

    CompletionListener(URI api) throws IOException {
        this.client = StompClient.follow(api, this::receive);
    }

    Set<String> completed() {
        return this.completed;
    }

    /** Empty while it is connected; else why it is not. */
    String end() {
        return this.client.end();
    }

    private void receive(byte[] frame) {
        String text = new String(frame, UTF_8);
        String body = text.substring(text.indexOf("\n\n"));
        this.completed.addAll(READ.computeIfAbsent(body, CompletionListener::idsOfCompleted));
    }

    private static List<String> idsOfCompleted(String body) {
        return COMPLETED.matcher(body).results().map((MatchResult job) -> job.group(1)).toList();
    }

    @Override
    public void close() throws IOException {
        this.client.close();
    }

}
