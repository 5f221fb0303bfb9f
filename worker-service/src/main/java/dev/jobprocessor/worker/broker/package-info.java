/** How this service talks to RabbitMQ: what it declares, consumes and publishes. */
@NullMarked
package dev.jobprocessor.worker.broker;

import org.jspecify.annotations.NullMarked;
