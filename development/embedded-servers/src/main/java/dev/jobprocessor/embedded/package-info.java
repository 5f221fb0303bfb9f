/**
 * An AMQP broker and a MongoDB-compatible database inside this JVM, for machines that
 * have neither.
 */
@NullMarked
package dev.jobprocessor.embedded;

import org.jspecify.annotations.NullMarked;
