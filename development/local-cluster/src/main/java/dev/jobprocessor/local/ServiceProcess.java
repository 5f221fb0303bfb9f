package dev.jobprocessor.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Keeps one service running: starts its process, passes on what it says, starts it again
 * when it ends, and stops it.
 */
public final class ServiceProcess {

    private final Service service;

    private final ClusterLog log;

    private final Backoff backoff = new Backoff();

    private final CountDownLatch stopping = new CountDownLatch(1);

    private final Thread supervisor;

    private volatile int managementPort;

    private @Nullable Process process;

    private ServiceProcess(Service service, ClusterLog log) {
        this.service = service;
        this.log = log;
        this.supervisor = Thread.ofPlatform().name(service.name()).unstarted(this::supervise);
    }

    /** Starts the service and returns at once. */
    public static ServiceProcess start(Service service, ClusterLog log) {
        ServiceProcess process = new ServiceProcess(service, log);
        process.supervisor.start();
        return process;
    }

    public String name() {
        return this.service.name();
    }

    /** Another one each time the service starts; 0 before the first. */
    public int managementPort() {
        return this.managementPort;
    }

    /**
     * Asks the process to end, kills it when it has not by the end of the grace, and does
     * not start it again.
     */
    public void stop(Duration grace) {
        try {
            Process running = beginToStop();
            if (running != null && !endsOnRequest(running, grace)) {
                this.log.say("%s has not ended within %d s and is killed".formatted(name(), grace.toSeconds()));
                running.toHandle().destroyForcibly();
            }
            this.supervisor.join();
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops services at once, and returns when none is left. */
    public static void stopAll(List<ServiceProcess> services, Duration grace) {
        try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
            services.forEach((service) -> all.submit(() -> service.stop(grace)));
        }
    }

    /** The newest process; null before the first. */
    public synchronized @Nullable ProcessHandle handle() {
        return (this.process != null) ? this.process.toHandle() : null;
    }

    private synchronized @Nullable Process beginToStop() {
        this.stopping.countDown();
        return this.process;
    }

    // By its handle: Process.destroy() would close the stream of its last lines.
    private static boolean endsOnRequest(Process running, Duration grace) throws InterruptedException {
        running.toHandle().destroy();
        return running.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void supervise() {
        try {
            Duration pause = Duration.ZERO;
            while (!stopsWithin(pause)) {
                long start = System.nanoTime();
                String ending = run();
                pause = this.backoff.after(Duration.ofNanos(System.nanoTime() - start));
                sayWhatIsNext(ending, pause);
            }
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean stopsWithin(Duration time) throws InterruptedException {
        return this.stopping.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private String run() throws InterruptedException {
        try {
            Process started = startUnlessStopping();
            return (started != null) ? "ended with exit code " + exitCode(started) : "was not started";
        }
        catch (IOException ex) {
            return "could not be started (%s)".formatted(ex.getMessage());
        }
    }

    private synchronized @Nullable Process startUnlessStopping() throws IOException {
        if (this.stopping.getCount() == 0) {
            return null;
        }
        this.managementPort = Ports.require(0);
        this.process = this.service.process(this.managementPort).start();
        this.log.say("%s is process %d".formatted(name(), this.process.pid()));
        return this.process;
    }

    private int exitCode(Process started) throws IOException, InterruptedException {
        try (BufferedReader lines = started.inputReader(StandardCharsets.UTF_8)) {
            lines.lines().forEach(line -> this.log.print(name(), line));
        }
        return started.waitFor();
    }

    private void sayWhatIsNext(String ending, Duration pause) throws InterruptedException {
        if (!stopsWithin(Duration.ZERO)) {
            this.log.say("%s %s; starting it again in %d s".formatted(name(), ending, pause.toSeconds()));
        }
    }

}
