/** The whole product on one machine, with one command. */
@NullMarked
package dev.jobprocessor.local;

import org.jspecify.annotations.NullMarked;
