/**
 * Which jobs are asked for: what a list, an export and an operation on many jobs take
 * alike, and the queries that indexes serve.
 */
@NullMarked
package dev.jobprocessor.api.filters;

import org.jspecify.annotations.NullMarked;
