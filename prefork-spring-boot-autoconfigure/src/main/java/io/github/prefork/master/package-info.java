/**
 * The master at work: its web server, the processes of the children, its signals. How a
 * child is started is in {@code command}, the port in {@code listener}, what is asked of
 * a fleet in {@code operation}.
 */
@NullMarked
package io.github.prefork.master;

import org.jspecify.annotations.NullMarked;
