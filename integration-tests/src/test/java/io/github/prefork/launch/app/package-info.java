/**
 * An application that tells how it was launched.
 */
@NullMarked
package io.github.prefork.launch.app;

import org.jspecify.annotations.NullMarked;
