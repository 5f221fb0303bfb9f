/** The service that users, programs and workers talk to. */
@NullMarked
package dev.jobprocessor.api;

import org.jspecify.annotations.NullMarked;
