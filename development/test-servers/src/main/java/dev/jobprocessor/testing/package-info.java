/** The servers that integration tests run against: given, in Docker or embedded. */
@NullMarked
package dev.jobprocessor.testing;

import org.jspecify.annotations.NullMarked;
