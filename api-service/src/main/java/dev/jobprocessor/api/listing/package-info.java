/**
 * Pages of jobs: filters, search, cursors, and the snapshot of the newest page that all
 * dashboards share.
 */
@NullMarked
package dev.jobprocessor.api.listing;

import org.jspecify.annotations.NullMarked;
