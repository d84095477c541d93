/**
 * An application that fails where it is told to.
 */
@NullMarked
package io.github.prefork.scenario.faulty;

import org.jspecify.annotations.NullMarked;
