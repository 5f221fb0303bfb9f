package dev.jobprocessor.faults;

import java.net.URI;

import dev.jobprocessor.embedded.EmbeddedBroker;

/** The embedded broker, whose restart loses every message. */
final class EmbeddedAmqp implements Broker {

    private EmbeddedBroker broker = EmbeddedBroker.start(0);

    @Override
    public int port() {
        return URI.create(this.broker.uri()).getPort();
    }

    @Override
    public String product() {
        return "embedded broker";
    }

    @Override
    public boolean isDurable() {
        return false;
    }

    @Override
    public void restart() {
        int port = port();
        this.broker.close();
        this.broker = EmbeddedBroker.start(port);
    }

    @Override
    public void close() {
        this.broker.close();
    }

}
