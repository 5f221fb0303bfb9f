/** The HTTP API of users, programs and workers. */
@NullMarked
package dev.jobprocessor.api;

import org.jspecify.annotations.NullMarked;
