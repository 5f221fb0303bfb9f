/**
 * Who may do what: API keys, roles and the rule of each route.
 */
@NullMarked
package dev.jobprocessor.api.access;

import org.jspecify.annotations.NullMarked;
