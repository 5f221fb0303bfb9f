/** Declares, consumes and publishes on RabbitMQ. */
@NullMarked
package dev.jobprocessor.worker.broker;

import org.jspecify.annotations.NullMarked;
