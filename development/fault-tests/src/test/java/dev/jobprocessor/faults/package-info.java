/**
 * Breaks a cluster of real processes under load and keeps a ledger of what it promised:
 * in the manner of the <a href="https://aphyr.com/posts/315-jepsen-rabbitmq">Jepsen
 * report on RabbitMQ</a>.
 */
@NullMarked
package dev.jobprocessor.faults;

import org.jspecify.annotations.NullMarked;
