/**
 * What an application uses of prefork: its role, its fleet and the events of its life.
 */
@NullMarked
package io.github.prefork;

import org.jspecify.annotations.NullMarked;
