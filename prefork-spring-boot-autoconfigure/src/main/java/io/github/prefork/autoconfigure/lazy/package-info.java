/**
 * Keeps a master's application context to what a master needs: actuator, meters and beans
 * that listen to events of the fleet.
 */
@NullMarked
package io.github.prefork.autoconfigure.lazy;

import org.jspecify.annotations.NullMarked;
