/** What an operator asks first: whether all parts work, and by which settings. */
@NullMarked
package dev.jobprocessor.api.system;

import org.jspecify.annotations.NullMarked;
