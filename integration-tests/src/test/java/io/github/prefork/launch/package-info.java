/**
 * Fleets that are launched in all the ways in which a Java application can be started.
 */
@NullMarked
package io.github.prefork.launch;

import org.jspecify.annotations.NullMarked;
