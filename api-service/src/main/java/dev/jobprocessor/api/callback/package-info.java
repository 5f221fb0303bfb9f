/**
 * What workers report about jobs, over the secret-guarded webhook.
 */
@NullMarked
package dev.jobprocessor.api.callback;

import org.jspecify.annotations.NullMarked;
