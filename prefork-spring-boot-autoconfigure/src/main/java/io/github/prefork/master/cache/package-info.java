/**
 * The start-up cache: an extracted layout of the application with an archive of its
 * classes, from which the children start with less work. Made in the background, checked
 * before use, and never the reason for a failed start.
 */
@NullMarked
package io.github.prefork.master.cache;

import org.jspecify.annotations.NullMarked;
