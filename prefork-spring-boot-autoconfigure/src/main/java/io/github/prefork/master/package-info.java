/**
 * The master at work: its web server, the listeners, the processes of the children, its
 * signals.
 */
@NullMarked
package io.github.prefork.master;

import org.jspecify.annotations.NullMarked;
