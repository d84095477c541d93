/**
 * What a fleet promises, shown with real JVMs.
 */
@NullMarked
package io.github.prefork.scenario;

import org.jspecify.annotations.NullMarked;
