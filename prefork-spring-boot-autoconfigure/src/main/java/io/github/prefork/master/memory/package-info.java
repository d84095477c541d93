/**
 * The memory that a fleet may use, and how it is divided among its processes.
 */
@NullMarked
package io.github.prefork.master.memory;

import org.jspecify.annotations.NullMarked;
