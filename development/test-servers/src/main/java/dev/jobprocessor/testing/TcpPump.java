package dev.jobprocessor.testing;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Carries bytes in one direction until either side ends. */
final class TcpPump {

    private final Socket from;

    private final Socket to;

    private final boolean answers;

    private final Lock lock = new ReentrantLock();

    private final Condition changed = this.lock.newCondition();

    private TcpTraffic traffic;

    TcpPump(Socket from, Socket to, boolean answers, TcpTraffic traffic) {
        this.from = from;
        this.to = to;
        this.answers = answers;
        this.traffic = traffic;
    }

    void run() {
        byte[] buffer = new byte[16 * 1024];
        try {
            for (int length = read(buffer); length >= 0; length = read(buffer)) {
                pass(buffer, length);
            }
        }
        catch (IOException ex) {
            // the end of the connection, which is passed on by closing the other one
        }
    }

    /** Returns when no byte is in flight that was to be treated otherwise. */
    void become(TcpTraffic traffic) {
        this.lock.lock();
        try {
            this.traffic = traffic;
            this.changed.signalAll();
        }
        finally {
            this.lock.unlock();
        }
    }

    private int read(byte[] buffer) throws IOException {
        return this.from.getInputStream().read(buffer);
    }

    private void pass(byte[] buffer, int length) throws IOException {
        this.lock.lock();
        try {
            while (this.traffic == TcpTraffic.STALLED) {
                this.changed.awaitUninterruptibly();
            }
            if (!this.answers || this.traffic != TcpTraffic.ANSWERS_SWALLOWED) {
                this.to.getOutputStream().write(buffer, 0, length);
            }
        }
        finally {
            this.lock.unlock();
        }
    }

}
