/**
 * The policy of the fleet, pure: slots, recovery, accept table, stop; everything outside
 * is a port.
 */
@NullMarked
package io.github.prefork.supervisor;

import org.jspecify.annotations.NullMarked;
