/**
 * The application that is started where prefork has no place.
 */
@NullMarked
package io.github.prefork.aside.app;

import org.jspecify.annotations.NullMarked;
