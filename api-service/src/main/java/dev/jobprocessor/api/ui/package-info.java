/**
 * The dashboard's files, for installations where no web server serves them.
 */
@NullMarked
package dev.jobprocessor.api.ui;

import org.jspecify.annotations.NullMarked;
