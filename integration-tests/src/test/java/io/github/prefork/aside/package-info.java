/**
 * Prefork where it has no place, or hardly one: is it felt?
 */
@NullMarked
package io.github.prefork.aside;

import org.jspecify.annotations.NullMarked;
