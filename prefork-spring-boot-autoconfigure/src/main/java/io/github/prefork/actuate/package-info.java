/**
 * Endpoint, health and meters of the fleet.
 */
@NullMarked
package io.github.prefork.actuate;

import org.jspecify.annotations.NullMarked;
