package dev.jobprocessor.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Calls made by many clients at once, and how long they took. */
final class Load {

    private final int clients;

    private final Latencies latencies = new Latencies();

    private double seconds;

    Load(int clients) {
        this.clients = clients;
    }

    static BooleanSupplier times(int count) {
        AtomicInteger left = new AtomicInteger(count);
        return () -> left.getAndDecrement() > 0;
    }

    static BooleanSupplier during(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        return () -> System.nanoTime() < end;
    }

    /** A closed loop: each client calls again when it has its response. */
    Load closed(BooleanSupplier more, Client client) throws InterruptedException {
        try (Clients all = new Clients(client, this.clients)) {
            long start = System.nanoTime();
            List<Future<?>> loops = new ArrayList<>();
            for (Call call : all.calls) {
                loops.add(all.threads.submit(() -> repeat(more, call)));
            }
            await(loops);
            this.seconds = (System.nanoTime() - start) / 1e9;
        }
        return this;
    }

    /**
     * An open loop: calls begin at an even rate, whether or not the ones before are
     * answered. Each is timed from when it was to begin, so that a wait for a free client
     * counts.
     */
    Load open(double rate, Duration time, Client client) throws InterruptedException {
        try (Clients all = new Clients(client, this.clients)) {
            BlockingQueue<Call> free = new LinkedBlockingQueue<>(all.calls);
            List<Future<?>> calls = new ArrayList<>();
            long start = System.nanoTime();
            for (int i = 0; i < rate * time.toSeconds(); i++) {
                long due = start + (long) (i * 1e9 / rate);
                LockSupport.parkNanos(due - System.nanoTime());
                calls.add(all.threads.submit(() -> callBy(free, due)));
            }
            await(calls);
            this.seconds = (System.nanoTime() - start) / 1e9;
        }
        return this;
    }

    Latencies latencies() {
        return this.latencies;
    }

    double perSecond() {
        return this.latencies.count() / this.seconds;
    }

    private Void repeat(BooleanSupplier more, Call call) throws Exception {
        while (more.getAsBoolean()) {
            timed(call, System.nanoTime());
        }
        return null;
    }

    private Void callBy(BlockingQueue<Call> free, long due) throws Exception {
        Call call = free.take();
        try {
            timed(call, due);
        }
        finally {
            free.add(call);
        }
        return null;
    }

    private void timed(Call call, long start) throws Exception {
        call.run();
        this.latencies.add(System.nanoTime() - start);
    }

    private static void await(List<Future<?>> calls) throws InterruptedException {
        for (Future<?> call : calls) {
            try {
                call.get();
            }
            catch (ExecutionException ex) {
                throw new IllegalStateException("A call failed, so the figure is worth nothing", ex);
            }
        }
    }

    /** Connects. */
    interface Client {

        Call connect() throws Exception;

    }

    /** What a connected client does, one call at a time. */
    interface Call extends AutoCloseable {

        void run() throws Exception;

    }

    private static final class Clients implements AutoCloseable {

        private final List<Call> calls = new ArrayList<>();

        private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

        Clients(Client client, int count) {
            try {
                for (int i = 0; i < count; i++) {
                    this.calls.add(client.connect());
                }
            }
            catch (Exception ex) {
                throw new IllegalStateException("Cannot connect", ex);
            }
        }

        @Override
        public void close() {
            this.threads.shutdownNow();
            for (Call call : this.calls) {
                try {
                    call.close();
                }
                catch (Exception ex) {
                    throw new IllegalStateException("Cannot disconnect", ex);
                }
            }
        }

    }

}
