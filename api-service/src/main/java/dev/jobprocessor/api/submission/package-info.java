/**
 * How prompts become jobs: validation, idempotency keys, and the group commit that stores
 * what several calls submit.
 */
@NullMarked
package dev.jobprocessor.api.submission;

import org.jspecify.annotations.NullMarked;
