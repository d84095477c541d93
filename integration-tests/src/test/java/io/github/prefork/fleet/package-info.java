/**
 * Starts, watches, signals and cleans up fleets of real JVMs.
 */
@NullMarked
package io.github.prefork.fleet;

import org.jspecify.annotations.NullMarked;
