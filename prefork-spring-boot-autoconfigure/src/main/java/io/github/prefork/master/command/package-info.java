/**
 * The command of a child: how the master itself was started, and what differs for a
 * child.
 */
@NullMarked
package io.github.prefork.master.command;

import org.jspecify.annotations.NullMarked;
