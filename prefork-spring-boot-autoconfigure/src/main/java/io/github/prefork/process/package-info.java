/**
 * What master and child do alike to their own process.
 */
@NullMarked
package io.github.prefork.process;

import org.jspecify.annotations.NullMarked;
