/**
 * The processes of the children, from the launch to the inquiry into their end.
 */
@NullMarked
package io.github.prefork.master.process;

import org.jspecify.annotations.NullMarked;
