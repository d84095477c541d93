/**
 * The role of an application: what keeps it from being master or child, the rule that
 * decides, and the one role of the JVM.
 */
@NullMarked
package io.github.prefork.autoconfigure.role;

import org.jspecify.annotations.NullMarked;
