/**
 * A load client that hides nothing: no retry, one schedule, every failure told apart.
 */
@NullMarked
package io.github.prefork.load;

import org.jspecify.annotations.NullMarked;
