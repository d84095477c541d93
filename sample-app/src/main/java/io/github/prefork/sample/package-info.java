/**
 * A small application that shows prefork at work.
 */
@NullMarked
package io.github.prefork.sample;

import org.jspecify.annotations.NullMarked;
