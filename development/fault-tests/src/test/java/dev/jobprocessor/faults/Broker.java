package dev.jobprocessor.faults;

/** The broker of a scenario. */
interface Broker extends AutoCloseable {

    /** Starts the broker that {@code -Dbroker=} names, a new one. */
    static Broker start() {
        return isRabbitMq() ? RabbitMq.start() : new EmbeddedAmqp();
    }

    static boolean isRabbitMq() {
        return System.getProperty("broker", "embedded").equals("rabbitmq");
    }

    int port();

    /** How the report calls it. */
    String product();

    /** Whether messages survive a restart. */
    boolean isDurable();

    /** Ends without warning and comes back at the same port. */
    void restart();

    @Override
    void close();

}
