/**
 * From the database to the workers: publishing accepted jobs and hearing of their starts.
 */
@NullMarked
package dev.jobprocessor.api.dispatch;

import org.jspecify.annotations.NullMarked;
