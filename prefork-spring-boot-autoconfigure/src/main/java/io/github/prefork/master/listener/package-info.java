/**
 * The port of the fleet and the listeners that the children get of it.
 */
@NullMarked
package io.github.prefork.master.listener;

import org.jspecify.annotations.NullMarked;
