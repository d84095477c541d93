/**
 * What an operator asks of the master by signals.
 */
@NullMarked
package io.github.prefork.master.signal;

import org.jspecify.annotations.NullMarked;
