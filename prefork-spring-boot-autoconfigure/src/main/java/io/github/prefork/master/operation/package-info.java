/**
 * The operations on a fleet, from the request to the answer: restart, recycle and scale.
 */
@NullMarked
package io.github.prefork.master.operation;

import org.jspecify.annotations.NullMarked;
