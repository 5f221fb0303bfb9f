package dev.jobprocessor.faults;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/** Calls one API after the other, as clients do whose connection was cut. */
final class ApiTurns implements AutoCloseable {

    /** For all clients of all scenarios. */
    static final HttpClient HTTP = HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .executor(Executors.newVirtualThreadPerTaskExecutor())
        .build();

    private static final Duration RETRY = Duration.ofMillis(200);

    private final Thread caller;

    /**
     * Begins to call.
     * @param apis the first one first
     * @param isOver asked before each call
     */
    ApiTurns(List<URI> apis, BooleanSupplier isOver, Call call) {
        this.caller = Thread.startVirtualThread(() -> {
            try {
                for (int turn = 0; !isOver.getAsBoolean(); turn++) {
                    call(apis.get(turn % apis.size()), isOver, call);
                }
            }
            catch (InterruptedException ex) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static void call(URI api, BooleanSupplier isOver, Call call) throws InterruptedException {
        try {
            call.of(api);
        }
        catch (IOException ex) {
            // the next one is asked
        }
        if (!isOver.getAsBoolean()) {
            Thread.sleep(RETRY);
        }
    }

    @Override
    public void close() {
        this.caller.interrupt();
    }

    interface Call {

        void of(URI api) throws IOException, InterruptedException;

    }

}
