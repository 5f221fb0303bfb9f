/** Who changed what, and who was refused. */
@NullMarked
package dev.jobprocessor.api.audit;

import org.jspecify.annotations.NullMarked;
