/**
 * The messages between master and child, and the domain sockets that carry them and the
 * listeners.
 */
@NullMarked
package io.github.prefork.channel;

import org.jspecify.annotations.NullMarked;
