/**
 * How fast the product is, and what it takes for that.
 */
@NullMarked
package dev.jobprocessor.bench;

import org.jspecify.annotations.NullMarked;
