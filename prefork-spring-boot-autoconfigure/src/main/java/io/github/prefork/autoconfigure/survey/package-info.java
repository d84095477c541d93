/**
 * Tells what happens in each child of a fleet, and so several times.
 */
@NullMarked
package io.github.prefork.autoconfigure.survey;

import org.jspecify.annotations.NullMarked;
